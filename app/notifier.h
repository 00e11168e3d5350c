#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "app/environment.h"

namespace qanat::app {

/// Tells systemd how the service fares, as sd_notify(3) does: datagrams to $NOTIFY_SOCKET. Where
/// that is not set, or nobody listens, every call does nothing.
class Notifier {
 public:
  explicit Notifier(const Environment& environment);
  ~Notifier();
  Notifier(const Notifier&) = delete;
  Notifier& operator=(const Notifier&) = delete;

  /// It works: at the start, and after each reload, whether that succeeded or not.
  void ready() { send("READY=1"); }
  void reloading();
  void stopping() { send("STOPPING=1"); }
  /// One line for `systemctl status`.
  void status(std::string_view line);
  /// Something was really done. Says so to the watchdog if there is one, and to whoever else asked.
  void progress();
  void on_progress(std::function<void()> told) { on_progress_ = std::move(told); }

  /// How soon after a progress() the next must come; nothing without a watchdog.
  [[nodiscard]] std::optional<std::chrono::microseconds> watchdog() const { return watchdog_; }

 private:
  void send(std::string_view message) const;

  std::string address_;  ///< empty: nobody to tell
  int socket_ = -1;
  std::optional<std::chrono::microseconds> watchdog_;
  std::function<void()> on_progress_ = [] {};
};

}  // namespace qanat::app
