#include "app/notifier.h"

#include <cstddef>
#include <cstdint>
#include <cstring>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/terminal.h"
#include "base/number.h"

namespace qanat::app {
namespace {

std::optional<std::int64_t> number_in(const Environment& environment, std::string_view name) {
  const auto text = variable(environment, name);
  return text ? read_number<std::int64_t>(*text) : std::nullopt;
}

/// $WATCHDOG_USEC, unless $WATCHDOG_PID says that it is meant for another process.
std::optional<std::chrono::microseconds> watchdog_of(const Environment& environment) {
  const auto interval = number_in(environment, "WATCHDOG_USEC");
  const auto process = number_in(environment, "WATCHDOG_PID");
  if (!interval || *interval <= 0 || (process && *process != getpid())) return std::nullopt;
  return std::chrono::microseconds{*interval};
}

}  // namespace

Notifier::Notifier(const Environment& environment) : watchdog_(watchdog_of(environment)) {
  const std::string address = variable(environment, "NOTIFY_SOCKET").value_or("");
  const bool is_known = address.starts_with('/') || address.starts_with('@');
  if (!is_known || address.size() >= sizeof sockaddr_un::sun_path) return;
  socket_ = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (socket_ >= 0) address_ = address;
}

Notifier::~Notifier() {
  if (socket_ >= 0) close(socket_);
}

void Notifier::reloading() {
  // steady_clock is CLOCK_MONOTONIC, which systemd asks for.
  const auto now = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now().time_since_epoch());
  send("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(now.count()));
}

void Notifier::status(std::string_view line) { send("STATUS=" + one_line(line)); }

void Notifier::progress() {
  on_progress_();
  if (watchdog_) send("WATCHDOG=1");
}

void Notifier::send(std::string_view message) const {
  if (address_.empty()) return;
  sockaddr_un to{};
  to.sun_family = AF_UNIX;
  std::memcpy(to.sun_path, address_.data(), address_.size());
  // '@' stands for the zero byte that begins an abstract name; such a name has no zero at its end.
  if (address_.front() == '@') to.sun_path[0] = '\0';
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + address_.size());
  // A manager that does not listen must not stop the service: the answer does not count.
  sendto(socket_,
         message.data(),
         message.size(),
         MSG_NOSIGNAL,
         // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the sockets' own way
         reinterpret_cast<const sockaddr*>(&to),
         size);
}

}  // namespace qanat::app
