#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "crawler/host_sign.h"

namespace qanat::crawler {

/// Tells a ban from a channel that is refused: when the answers of late say that the host wants
/// nothing more of us, whatever is asked. A pure state machine; the caller keeps the pause, as any
/// stop of the host gate, and `trips` across restarts. One thread.
class CircuitBreaker {
 public:
  /// It opens on so many pages that were refused or came empty …
  static constexpr std::size_t kStorm = 5;
  /// … among so many of the latest answers. So many without an opening let it forget the earlier
  /// ones.
  static constexpr std::size_t kWindow = 20;
  /// After an opening, until something is answered well, so many are enough. Not one: what is asked
  /// first may be a channel that is refused for reasons of its own.
  static constexpr std::size_t kProbes = 2;

  static constexpr std::chrono::minutes kFirstPause{15};
  static constexpr std::chrono::hours kLongestPause{6};

  /// `trips`: as an earlier object left it. `seed`: for the jitter, so that installations that were
  /// shut out together do not come back together.
  CircuitBreaker(int trips, std::uint64_t seed);

  /// Takes what the answer for a page said. When that opens the breaker: for how long nothing may
  /// be asked. At once on a challenge, else as above; twice as long as after the opening before,
  /// from kFirstPause up to kLongestPause, less a random part of up to a half.
  std::optional<std::chrono::seconds> saw(HostSign sign, std::string_view url);

  /// Openings that nothing has made forgotten yet.
  [[nodiscard]] int trips() const { return trips_; }

 private:
  [[nodiscard]] bool is_storm() const;
  std::chrono::seconds open();

  int trips_;
  std::uint64_t seed_;
  bool probing_;  ///< since the opening, nothing was answered well
  /// Of each answer since the opening, the latest kWindow: which page was refused; empty: none.
  std::deque<std::string> refused_;
};

}  // namespace qanat::crawler
