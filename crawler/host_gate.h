#pragma once

#include <chrono>
#include <optional>

#include "base/clock.h"
#include "base/instant.h"

namespace qanat::crawler {

/// What the gate must remember across restarts, so that a restart cannot burst.
struct GateState {
  std::int64_t next_at_ms = 0;  ///< Unix milliseconds before which nothing may be asked
  double rate = 1.0;            ///< requests per second in force

  bool operator==(const GateState&) const = default;
};

struct GateOptions {
  double max_rate = 1.0;  ///< requests per second, the ceiling
  double min_rate = 0.02;
};

/// Politeness towards all of Telegram's hosts together: when the next request may leave.
/// A pure state machine over Unix milliseconds; the caller waits and persists. One thread.
class HostGate {
 public:
  HostGate(GateOptions options, GateState state);

  /// How long to wait before the next request may leave; zero when it may leave now.
  [[nodiscard]] std::chrono::milliseconds wait(std::int64_t now_ms) const;

  /// A request leaves now: the next one is 1/rate later.
  void asked(std::int64_t now_ms);

  /// It was answered well: the rate recovers slowly towards the ceiling.
  void answered_well(std::int64_t now_ms);

  /// It failed or was refused: the rate is halved, and everything stops for `retry_after` if the
  /// host named one. Errors never raise the rate.
  void answered_badly(std::int64_t now_ms, std::optional<std::chrono::seconds> retry_after);

  [[nodiscard]] const GateState& state() const { return state_; }

 private:
  GateOptions options_;
  GateState state_;
};

}  // namespace qanat::crawler
