#include "crawler/circuit_breaker.h"

#include <algorithm>
#include <string>
#include <vector>

#include "support/catch.h"

using qanat::crawler::CircuitBreaker;
using qanat::crawler::HostSign;
using namespace std::chrono_literals;
using std::chrono::seconds;

namespace {

/// A page that was not asked for before.
std::string next_url() {
  static int pages = 0;
  return "https://t.me/s/room_number_" + std::to_string(++pages);
}

/// Tells it the same of `times` pages; what it said the last time.
std::optional<seconds> tell(CircuitBreaker& breaker, HostSign sign, std::size_t times = 1) {
  std::optional<seconds> pause;
  for (std::size_t i = 0; i < times; ++i) pause = breaker.saw(sign, next_url());
  return pause;
}

/// Refusals until it opens.
seconds pause_of_storm(CircuitBreaker& breaker) {
  for (;;) {
    if (const auto pause = breaker.saw(HostSign::refused, next_url())) return *pause;
  }
}

}  // namespace

TEST_CASE("a few refused channels among many do not open the breaker", "[politeness]") {
  CircuitBreaker breaker(0, 1);

  for (int round = 0; round < 50; ++round) {
    CHECK_FALSE(tell(breaker, HostSign::refused));
    CHECK_FALSE(tell(breaker, HostSign::fine, 4));
  }
}

TEST_CASE("one page that is refused again and again does not open the breaker", "[politeness]") {
  CircuitBreaker breaker(0, 1);

  for (int i = 0; i < 100; ++i) CHECK_FALSE(breaker.saw(HostSign::refused, "https://t.me/s/room"));
}

TEST_CASE("five pages refused among twenty answers open the breaker", "[politeness]") {
  CircuitBreaker breaker(0, 1);

  CHECK_FALSE(tell(breaker, HostSign::refused, 4));
  CHECK_FALSE(tell(breaker, HostSign::fine, 15));
  CHECK(tell(breaker, HostSign::refused));
}

TEST_CASE("empty pages open the breaker as refusals do", "[politeness]") {
  CircuitBreaker breaker(0, 1);

  CHECK_FALSE(tell(breaker, HostSign::empty, 2));
  CHECK_FALSE(tell(breaker, HostSign::refused, 2));
  CHECK(tell(breaker, HostSign::empty));
}

TEST_CASE("a challenge opens the breaker at once", "[politeness]") {
  CircuitBreaker breaker(0, 1);

  CHECK(tell(breaker, HostSign::challenge));
}

TEST_CASE("a host in trouble and channels that are gone do not open the breaker", "[politeness]") {
  CircuitBreaker breaker(0, 1);

  CHECK_FALSE(tell(breaker, HostSign::busy, 40));
  CHECK_FALSE(tell(breaker, HostSign::unrelated, 40));
}

TEST_CASE("each opening lasts twice as long as the one before, up to six hours, less a part",
          "[politeness]") {
  CircuitBreaker breaker(0, 7);

  seconds longest = 15min;
  for (int opening = 0; opening < 8; ++opening) {
    const seconds pause = pause_of_storm(breaker);
    CHECK(pause <= longest);
    CHECK(pause > longest / 2);
    longest = std::min<seconds>(longest * 2, 6h);
  }
}

TEST_CASE("after an opening the breaker asks twice before it opens again", "[politeness]") {
  CircuitBreaker breaker(1, 1);  // as a restart finds it

  CHECK_FALSE(tell(breaker, HostSign::refused));
  CHECK(tell(breaker, HostSign::refused));
}

TEST_CASE("one good answer gives the breaker its patience back, twenty make it forget",
          "[politeness]") {
  CircuitBreaker breaker(3, 1);

  CHECK_FALSE(tell(breaker, HostSign::fine));
  CHECK_FALSE(tell(breaker, HostSign::refused, 4));
  CHECK(breaker.trips() == 3);
  CHECK_FALSE(tell(breaker, HostSign::fine, 15));
  CHECK(breaker.trips() == 0);
}

TEST_CASE("installations that were shut out together do not come back together", "[politeness]") {
  std::vector<seconds> pauses;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    CircuitBreaker breaker(0, seed);
    pauses.push_back(tell(breaker, HostSign::challenge).value());
  }

  std::ranges::sort(pauses);
  CHECK(std::ranges::unique(pauses).begin() - pauses.begin() > 70);
}

TEST_CASE("the same seed gives the same pauses", "[politeness]") {
  CircuitBreaker one(0, 5);
  CircuitBreaker other(0, 5);

  CHECK(pause_of_storm(one) == pause_of_storm(other));
}
