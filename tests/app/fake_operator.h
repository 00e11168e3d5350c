#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <vector>

#include "app/interruptible_clock.h"

namespace qanat::test {

/// A clock that the test owns, with an operator who asks for things at given moments. Sleeping
/// moves it, up to the next thing asked for.
class FakeOperator final : public app::InterruptibleClock {
 public:
  explicit FakeOperator(Instant now)
      : now_ms_(std::chrono::milliseconds{now.time_since_epoch()}.count()) {}

  /// Called at the end of each sleep.
  std::function<void()> on_sleep = [] {};

  void stop_at(Instant moment) { stop_at_ = moment; }
  void reload_at(Instant moment) { reloads_.push_back(moment); }

  [[nodiscard]] std::int64_t now_ms() override { return now_ms_; }
  void sleep(std::chrono::milliseconds duration) override {
    if (stop_asked()) return;
    Instant end =
        std::chrono::ceil<std::chrono::seconds>(std::chrono::sys_time<std::chrono::milliseconds>(
            std::chrono::milliseconds{now_ms_ + duration.count()}));
    const bool cut = stop_at_ && *stop_at_ < end;
    if (cut) end = *stop_at_;
    for (const Instant reload : reloads_) {
      if (reload > now() && reload < end) end = reload;
    }
    now_ms_ = std::min(now_ms_ + duration.count(),
                       std::chrono::milliseconds{end.time_since_epoch()}.count());
    on_sleep();
  }
  void advance(std::chrono::milliseconds duration) { now_ms_ += duration.count(); }

  [[nodiscard]] bool stop_asked() override { return stop_at_ && now() >= *stop_at_; }
  [[nodiscard]] bool take_reload() override {
    const auto past = [this](Instant reload) { return reload <= now(); };
    return std::erase_if(reloads_, past) > 0;
  }

 private:
  std::int64_t now_ms_;
  std::optional<Instant> stop_at_;
  std::vector<Instant> reloads_;
};

}  // namespace qanat::test
