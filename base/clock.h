#pragma once

#include <chrono>
#include <cstdint>

#include "base/instant.h"

namespace qanat {

/// The only source of time: whatever waits or takes timestamps gets a Clock, so tests control it.
class Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;

  /// Milliseconds since 1970, UTC.
  [[nodiscard]] virtual std::int64_t now_ms() = 0;

  virtual void sleep(std::chrono::milliseconds duration) = 0;

  [[nodiscard]] Instant now() {
    return std::chrono::floor<std::chrono::seconds>(
        std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(now_ms())));
  }
};

}  // namespace qanat
