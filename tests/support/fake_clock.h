#pragma once

#include "base/clock.h"

namespace qanat::test {

/// A clock that the test owns: sleeping moves it, nothing else does but advance().
class FakeClock final : public Clock {
 public:
  [[nodiscard]] std::int64_t now_ms() override { return now_ms_; }
  void sleep(std::chrono::milliseconds duration) override {
    advance(duration);
    slept_ += duration;
  }

  void advance(std::chrono::milliseconds duration) { now_ms_ += duration.count(); }
  [[nodiscard]] std::chrono::milliseconds slept() const { return slept_; }

 private:
  std::int64_t now_ms_ = 1'784'800'000'000;  // 2026-07-23
  std::chrono::milliseconds slept_{};
};

}  // namespace qanat::test
