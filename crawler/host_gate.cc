#include "crawler/host_gate.h"

#include <algorithm>
#include <cmath>

namespace qanat::crawler {

using std::chrono::milliseconds;

HostGate::HostGate(GateOptions options, GateState state, std::int64_t now_ms)
    : options_(options), state_(state), latest_ms_(now_ms) {
  options_.min_rate = std::min(options_.min_rate, options_.max_rate);
  if (!std::isfinite(state_.rate)) state_.rate = options_.min_rate;
  state_.rate = std::clamp(state_.rate, options_.min_rate, options_.max_rate);
  if (state_.next_at_ms > now_ms + milliseconds{kLongestStop}.count()) state_.next_at_ms = 0;
}

milliseconds HostGate::interval() const {
  return milliseconds{static_cast<std::int64_t>(std::ceil(1000.0 / state_.rate))};
}

/// A clock that is set back takes the stop's end with it.
void HostGate::follow(std::int64_t now_ms) {
  if (now_ms < latest_ms_) state_.next_at_ms -= latest_ms_ - now_ms;
  latest_ms_ = now_ms;
}

void HostGate::stop_for(std::int64_t now_ms, milliseconds pause) {
  follow(now_ms);
  const milliseconds stop = std::min<milliseconds>(pause, kLongestStop);
  state_.next_at_ms = std::max(state_.next_at_ms, now_ms + stop.count());
}

milliseconds HostGate::wait(std::int64_t now_ms) {
  follow(now_ms);
  return milliseconds{std::max<std::int64_t>(0, state_.next_at_ms - now_ms)};
}

void HostGate::asked(std::int64_t now_ms) { stop_for(now_ms, interval()); }

void HostGate::answered_well() {
  constexpr double kPerMinute = 0.05;
  // Each request stands for the time it had to wait, so that no clock is needed here and an idle
  // gate does not recover by itself.
  const double minutes = 1.0 / state_.rate / 60.0;
  state_.rate = std::min(options_.max_rate, state_.rate + kPerMinute * options_.max_rate * minutes);
}

void HostGate::answered_badly(std::int64_t now_ms,
                              std::optional<std::chrono::seconds> retry_after) {
  state_.rate = std::max(options_.min_rate, state_.rate / 2);
  stop_for(now_ms, interval());
  if (retry_after) stop_for(now_ms, *retry_after);
}

}  // namespace qanat::crawler
