#pragma once

#include <chrono>

#include "app/interruptible_clock.h"
#include "base/error.h"

namespace qanat::app {

/// The machine's clock; SIGTERM and SIGINT ask to stop, SIGHUP to reload, or to stop where nothing
/// can be reloaded: the terminal has gone. A second SIGTERM or SIGINT, later than `echo`, ends the
/// process at once, which loses nothing; an earlier one is the same request once more (`timeout`
/// sends each twice). SIGINT, and SIGHUP where it would stop, stay ignored if they are (`nohup`,
/// the background of a script). One object a process; its end gives the signals back to those who
/// had them.
class SignalClock final : public InterruptibleClock {
 public:
  enum class HangUp { reload, stop };

  /// Throws std::system_error when the kernel gives no event descriptor.
  explicit SignalClock(HangUp hang_up = HangUp::reload,
                       std::chrono::milliseconds echo = std::chrono::seconds{1});
  ~SignalClock() override;
  SignalClock(const SignalClock&) = delete;
  SignalClock& operator=(const SignalClock&) = delete;

  [[nodiscard]] std::int64_t now_ms() override;
  void sleep(std::chrono::milliseconds duration) override;
  [[nodiscard]] bool stop_asked() override;
  [[nodiscard]] bool take_reload() override;
};

}  // namespace qanat::app
