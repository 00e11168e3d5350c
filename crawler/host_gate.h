#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace qanat::crawler {

/// What must be kept across restarts, so that a restart cannot cause a burst.
struct GateState {
  std::int64_t next_at_ms = 0;  ///< Unix milliseconds before which no request may leave
  double rate = 1.0;            ///< requests per second in force

  bool operator==(const GateState&) const = default;
};

struct GateOptions {
  double max_rate = 1.0;   ///< requests per second, the ceiling; above zero
  double min_rate = 0.02;  ///< requests per second, the floor; a lower ceiling wins
};

/// Politeness towards all of Telegram's hosts together: when the next request may leave.
/// A pure state machine over Unix milliseconds; the caller waits and persists. A stop keeps its
/// length when the clock is set back. One thread.
class HostGate {
 public:
  /// The longest stop, whatever a host asks for.
  static constexpr std::chrono::hours kLongestStop{6};

  /// `state` may come from a run under other options or another clock: it is brought into bounds.
  /// A stop that ends later than kLongestStop from `now_ms` was written by a wrong clock: dropped.
  HostGate(GateOptions options, GateState state, std::int64_t now_ms);

  /// How long to wait before the next request may leave; zero when it may leave now.
  [[nodiscard]] std::chrono::milliseconds wait(std::int64_t now_ms);

  /// A request leaves now: the next one is 1/rate later. Persist the state before it leaves.
  void asked(std::int64_t now_ms);

  /// After a good answer: the rate recovers towards the ceiling, by a twentieth of the ceiling per
  /// minute of requests at full rate.
  void answered_well();

  /// After a failure or refusal: the rate is halved, and requests stop for `retry_after` if the
  /// host named one. Errors never raise the rate and never shorten a stop.
  void answered_badly(std::int64_t now_ms, std::optional<std::chrono::seconds> retry_after);

  /// Stops all requests for `pause`, at most kLongestStop; the rate stays.
  void stop_for(std::int64_t now_ms, std::chrono::milliseconds pause);

  [[nodiscard]] const GateState& state() const { return state_; }

 private:
  [[nodiscard]] std::chrono::milliseconds interval() const;
  void follow(std::int64_t now_ms);

  GateOptions options_;
  GateState state_;
  std::int64_t latest_ms_;  ///< that it was told
};

}  // namespace qanat::crawler
