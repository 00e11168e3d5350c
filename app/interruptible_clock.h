#pragma once

#include "base/clock.h"

namespace qanat::app {

/// A clock whose sleep() ends early when the operator asks for something.
class InterruptibleClock : public Clock {
 public:
  /// The program should end. Once true, it stays so, and sleep() returns at once.
  [[nodiscard]] virtual bool stop_asked() = 0;

  /// Whether a reload was asked for since the last call.
  [[nodiscard]] virtual bool take_reload() = 0;
};

}  // namespace qanat::app
