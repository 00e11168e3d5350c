#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "crawler/host_sign.h"

namespace qanat::crawler {

/// Tells a ban of this program from the refusal of one channel, by the latest answers. A pure state
/// machine; the caller enforces the pause, like any stop of the host gate, and keeps `trips` across
/// restarts. One thread.
class CircuitBreaker {
 public:
  /// It opens on this many pages that were refused or empty …
  static constexpr std::size_t kStorm = 5;
  /// … among this many of the latest answers. After as many without an opening, earlier openings
  /// are forgotten.
  static constexpr std::size_t kWindow = 20;
  /// After an opening, until there is a good answer, this many are enough. Not one: the first page
  /// requested may be a channel that is refused for reasons of its own.
  static constexpr std::size_t kProbes = 2;

  static constexpr std::chrono::minutes kFirstPause{15};
  static constexpr std::chrono::hours kLongestPause{6};

  /// `trips`: the value of an earlier object. `seed`: for the jitter, so that installations that
  /// were banned together do not come back together.
  CircuitBreaker(int trips, std::uint64_t seed);

  /// Takes the sign of the answer for a page. Returns the pause when this opens the breaker: at
  /// once on a challenge, else as above. Each pause is twice as long as the one before, from
  /// kFirstPause up to kLongestPause, minus a random part of up to a half.
  std::optional<std::chrono::seconds> saw(HostSign sign, std::string_view url);

  /// Openings that are not forgotten yet.
  [[nodiscard]] int trips() const { return trips_; }

 private:
  [[nodiscard]] bool is_storm() const;
  std::chrono::seconds open();

  int trips_;
  std::uint64_t seed_;
  bool probing_;  ///< no good answer since the opening
  /// Of each answer since the opening, the latest kWindow: which page was refused; empty: none.
  std::deque<std::string> refused_;
};

}  // namespace qanat::crawler
