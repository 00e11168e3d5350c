#pragma once

#include <chrono>

#include "base/instant.h"

namespace qanat {

/// The one door to time: what waits or stamps takes a Clock, so that tests own the hour.
class Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;

  [[nodiscard]] virtual Instant now() = 0;

  /// Returns after `duration`, or earlier when the process was asked to stop.
  virtual void sleep(std::chrono::milliseconds duration) = 0;
};

}  // namespace qanat
