#include "crawler/circuit_breaker.h"

#include <algorithm>
#include <random>
#include <set>

namespace qanat::crawler {

using std::chrono::seconds;

CircuitBreaker::CircuitBreaker(int trips, std::uint64_t seed)
    : trips_(std::max(trips, 0)), seed_(seed), probing_(trips_ > 0) {}

bool CircuitBreaker::is_storm() const {
  // One channel that is asked again and again says nothing of the others.
  std::set<std::string_view> pages(refused_.begin(), refused_.end());
  pages.erase("");
  return pages.size() >= (probing_ ? kProbes : kStorm);
}

seconds CircuitBreaker::open() {
  constexpr int kMostDoublings = 5;  // six hours are reached before
  const seconds pause =
      std::min<seconds>(kLongestPause, kFirstPause * (1 << std::min(trips_, kMostDoublings)));
  ++trips_;
  probing_ = true;
  refused_.clear();
  std::mt19937_64 random(seed_ + static_cast<std::uint64_t>(trips_));
  const auto half = static_cast<std::uint64_t>(pause.count() / 2);
  return pause - seconds{static_cast<std::int64_t>(random() % half)};
}

std::optional<seconds> CircuitBreaker::saw(HostSign sign, std::string_view url) {
  if (sign == HostSign::challenge) return open();
  const bool refused = sign == HostSign::refused || sign == HostSign::empty;
  refused_.emplace_back(refused ? url : "");
  if (refused_.size() > kWindow) refused_.pop_front();
  if (is_storm()) return open();
  if (sign == HostSign::fine) probing_ = false;
  if (refused_.size() == kWindow) trips_ = 0;
  return std::nullopt;
}

}  // namespace qanat::crawler
