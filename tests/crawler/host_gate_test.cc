#include "crawler/host_gate.h"

#include <limits>
#include <vector>

#include "support/catch.h"

using qanat::crawler::HostGate;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t kNow = 1'790'000'000'000;

/// Asks as often as the gate lets it for `span`, answered well each time; returns how often.
int ask_for(HostGate& gate, std::int64_t& now, std::chrono::milliseconds span) {
  const std::int64_t end = now + span.count();
  int asked = 0;
  while (now + gate.wait(now).count() < end) {
    now += gate.wait(now).count();
    gate.asked(now);
    gate.answered_well();
    ++asked;
  }
  now = end;
  return asked;
}

}  // namespace

TEST_CASE("a fresh gate lets the first request leave at once and the next a second later") {
  HostGate gate({}, {}, kNow);

  CHECK(gate.wait(kNow) == 0ms);
  gate.asked(kNow);

  CHECK(gate.wait(kNow) == 1000ms);
  CHECK(gate.wait(kNow + 400) == 600ms);
  CHECK(gate.wait(kNow + 1000) == 0ms);
}

TEST_CASE("requests never exceed the configured rate over any ten seconds") {
  HostGate gate({.max_rate = 2.0}, {.rate = 2.0}, kNow);
  std::int64_t now = kNow;
  std::vector<std::int64_t> left;
  while (left.size() < 500) {
    now += gate.wait(now).count();
    gate.asked(now);
    left.push_back(now);
    if (left.size() % 7 == 0) {
      gate.answered_badly(now, std::nullopt);
    } else {
      gate.answered_well();
    }
  }

  for (std::size_t i = 20; i < left.size(); ++i) CHECK(left[i] - left[i - 20] >= 10'000);
}

TEST_CASE("a saved gate does not burst after a restart") {
  HostGate before({}, {}, kNow);
  before.asked(kNow);

  HostGate after({}, before.state(), kNow);

  CHECK(after.wait(kNow + 1) == 999ms);
}

TEST_CASE("an error halves the rate and a success never jumps back") {
  HostGate gate({}, {}, kNow);

  gate.answered_badly(kNow, std::nullopt);
  CHECK(gate.state().rate == Approx(0.5));
  CHECK(gate.wait(kNow) == 2000ms);

  gate.answered_well();
  CHECK(gate.state().rate < 0.51);
}

TEST_CASE("the minute after an error never holds more requests than the minute before") {
  HostGate gate({}, {}, kNow);
  std::int64_t now = kNow;
  int before = ask_for(gate, now, 60s);

  for (int errors = 0; errors < 4; ++errors) {
    gate.answered_badly(now, std::nullopt);
    const int after = ask_for(gate, now, 60s);
    CHECK(after <= before);
    before = after;
  }
}

TEST_CASE("after an error the rate recovers by about a twentieth of the ceiling a minute") {
  HostGate gate({}, {}, kNow);
  std::int64_t now = kNow;
  gate.answered_badly(now, std::nullopt);

  ask_for(gate, now, 60s);
  CHECK(gate.state().rate == Approx(0.55).margin(0.01));

  ask_for(gate, now, 20min);
  CHECK(gate.state().rate == 1.0);
}

TEST_CASE("the rate stays between floor and ceiling whatever happens") {
  HostGate gate({.max_rate = 1.0, .min_rate = 0.1}, {}, kNow);

  for (int i = 0; i < 50; ++i) gate.answered_badly(kNow, std::nullopt);
  CHECK(gate.state().rate == 0.1);

  for (int i = 0; i < 50'000; ++i) gate.answered_well();
  CHECK(gate.state().rate == 1.0);
}

TEST_CASE("a named pause stops everything for exactly so long") {
  HostGate gate({}, {}, kNow);

  gate.answered_badly(kNow, 90s);

  CHECK(gate.wait(kNow) == 90s);
  CHECK(gate.wait(kNow + 89'999) == 1ms);
  CHECK(gate.wait(kNow + 90'000) == 0ms);
}

TEST_CASE("a later error without a pause does not shorten the pause in force") {
  HostGate gate({}, {}, kNow);
  gate.answered_badly(kNow, 3600s);

  gate.answered_badly(kNow + 1000, std::nullopt);
  gate.asked(kNow + 2000);

  CHECK(gate.wait(kNow + 2000) == 3598s);
}

TEST_CASE("an absurd pause stops the gate for six hours at most") {
  HostGate gate({}, {}, kNow);

  gate.answered_badly(kNow, std::chrono::seconds{99'999'999'999});

  CHECK(gate.wait(kNow) == 6h);
}

TEST_CASE("a stop that only a wrong clock can have written is dropped") {
  HostGate gate({}, {.next_at_ms = kNow + 365 * 86'400'000LL}, kNow);

  CHECK(gate.wait(kNow) == 0ms);
}

TEST_CASE("a clock that is set back changes nothing of a wait") {
  for (const std::int64_t back : {1'000LL, 180'000LL, 400 * 86'400'000LL}) {
    CAPTURE(back);
    HostGate gate({}, {}, kNow);
    gate.asked(kNow);

    CHECK(gate.wait(kNow - back) == 1000ms);
    CHECK(gate.wait(kNow - back + 1000) == 0ms);
    gate.asked(kNow - back + 1000);
    CHECK(gate.wait(kNow - back + 1000) == 1000ms);
  }
}

TEST_CASE("a pause that a host named keeps its length when the clock is set back") {
  HostGate gate({}, {}, kNow);
  gate.answered_badly(kNow, 3600s);
  const std::int64_t set_back = kNow + 600'000 - 400 * 86'400'000LL;

  REQUIRE(gate.wait(kNow + 600'000) == 3000s);
  CHECK(gate.wait(set_back) == 3000s);
  CHECK(gate.wait(set_back + 3'000'000) == 0ms);
}

TEST_CASE("a saved rate outside the configured bounds is brought into them") {
  CHECK(HostGate({.max_rate = 0.5}, {.rate = 9.0}, kNow).state().rate == 0.5);
  CHECK(HostGate({.min_rate = 0.2}, {.rate = -3.0}, kNow).state().rate == 0.2);
  CHECK(HostGate({}, {.rate = std::numeric_limits<double>::quiet_NaN()}, kNow).state().rate ==
        0.02);
  CHECK(HostGate({.max_rate = 0.01}, {.rate = 1.0}, kNow).state().rate == 0.01);
}

TEST_CASE("a stop that an answer names leaves the rate alone, and ends after six hours") {
  HostGate gate({}, {}, kNow);

  gate.stop_for(kNow, 90s);
  CHECK(gate.wait(kNow) == 90s);
  CHECK(gate.state().rate == 1.0);
  gate.stop_for(kNow, std::chrono::hours{99});
  CHECK(gate.wait(kNow) == 6h);
}
