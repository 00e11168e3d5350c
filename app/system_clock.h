#pragma once

#include "base/clock.h"

namespace qanat::app {

/// The machine's clock.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] std::int64_t now_ms() override;
  void sleep(std::chrono::milliseconds duration) override;
};

}  // namespace qanat::app
