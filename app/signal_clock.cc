#include "app/signal_clock.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <ctime>
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
constexpr std::int64_t kNever = -1;
std::atomic<std::int64_t> first_stop_ms{kNever};
std::atomic<std::int64_t> echo_ms{0};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free &&
              std::atomic<std::int64_t>::is_always_lock_free);

constexpr std::array kSignals = {SIGTERM, SIGINT, SIGHUP};
std::array<struct sigaction, kSignals.size()> earlier{};

std::int64_t uptime_ms() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  constexpr std::int64_t kThousand = 1000;
  return now.tv_sec * kThousand + now.tv_nsec / (kThousand * kThousand);
}

/// The kernel's own answer, as soon as the handler has returned.
void end_at_once(int number) {
  std::signal(number, SIG_DFL);
  std::raise(number);
}

void on_signal(int number) {
  const int error = errno;
  if (number != SIGHUP) {
    const std::int64_t now = uptime_ms();
    std::int64_t first = kNever;
    if (!first_stop_ms.compare_exchange_strong(first, now) && now - first >= echo_ms) {
      end_at_once(number);
    }
  }
  (number == SIGHUP && hang_up_reloads ? reload_was_asked : stop_was_asked) = true;
  constexpr std::uint64_t kOne = 1;
  [[maybe_unused]] const ssize_t written = write(wake_up, &kOne, sizeof kOne);
  errno = error;
}

/// Whether the signal is left ignored as it was found: `nohup` wants that of SIGHUP, and a script
/// of SIGINT for what it runs in the background. A reload is asked for in no other way.
bool stays_ignored(int number, void (*handler)(int)) {
  const bool may_stay = number == SIGINT || (number == SIGHUP && !hang_up_reloads);
  return may_stay && handler == SIG_IGN;
}

}  // namespace

SignalClock::SignalClock(HangUp hang_up, std::chrono::milliseconds echo) {
  const int descriptor = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
  stop_was_asked = false;
  reload_was_asked = false;
  hang_up_reloads = hang_up == HangUp::reload;
  first_stop_ms = kNever;
  echo_ms = echo.count();
  wake_up = descriptor;
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    struct sigaction action{};
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    sigaction(kSignals[i], &action, &earlier[i]);
    if (stays_ignored(kSignals[i], earlier[i].sa_handler)) {
      sigaction(kSignals[i], &earlier[i], nullptr);
    }
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
