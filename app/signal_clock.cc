#include "app/signal_clock.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <limits>
#include <system_error>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "app/system_clock.h"

namespace qanat::app {
namespace {

// A signal handler reaches nothing but globals.
std::atomic<bool> stop_was_asked{false};
std::atomic<bool> reload_was_asked{false};
std::atomic<bool> hang_up_reloads{true};
std::atomic<int> wake_up{-1};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

constexpr std::array kSignals = {SIGTERM, SIGINT, SIGHUP};
std::array<struct sigaction, kSignals.size()> earlier{};

void on_signal(int number) {
  const int error = errno;
  (number == SIGHUP && hang_up_reloads ? reload_was_asked : stop_was_asked) = true;
  constexpr std::uint64_t kOne = 1;
  [[maybe_unused]] const ssize_t written = write(wake_up, &kOne, sizeof kOne);
  errno = error;
}

}  // namespace

SignalClock::SignalClock(HangUp hang_up) {
  const int descriptor = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
  stop_was_asked = false;
  reload_was_asked = false;
  hang_up_reloads = hang_up == HangUp::reload;
  wake_up = descriptor;
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    struct sigaction action{};
    action.sa_handler = on_signal;
    // The second request to stop finds the kernel's own answer.
    action.sa_flags =
        kSignals[i] == SIGHUP ? SA_RESTART : SA_RESTART | static_cast<int>(SA_RESETHAND);
    sigaction(kSignals[i], &action, &earlier[i]);
  }
}

SignalClock::~SignalClock() {
  for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &earlier[i], nullptr);
  close(wake_up.exchange(-1));
}

std::int64_t SignalClock::now_ms() { return SystemClock().now_ms(); }

void SignalClock::sleep(std::chrono::milliseconds duration) {
  if (stop_was_asked) return;
  pollfd event{.fd = wake_up, .events = POLLIN, .revents = 0};
  const auto longest =
      std::clamp<std::int64_t>(duration.count(), 0, std::numeric_limits<int>::max());
  poll(&event, 1, static_cast<int>(longest));
  std::uint64_t count = 0;
  [[maybe_unused]] const ssize_t drained = read(event.fd, &count, sizeof count);
}

bool SignalClock::stop_asked() { return stop_was_asked; }

bool SignalClock::take_reload() { return reload_was_asked.exchange(false); }

}  // namespace qanat::app
