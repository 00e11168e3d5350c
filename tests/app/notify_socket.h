#pragma once

#include <array>
#include <cstddef>
#include <cstring>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace qanat::test {

/// What systemd holds at the other end of $NOTIFY_SOCKET.
class NotifySocket {
 public:
  /// `address`: a path, or "@name" for the abstract kind.
  explicit NotifySocket(const std::string& address)
      : socket_(socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
    sockaddr_un at{};
    at.sun_family = AF_UNIX;
    std::memcpy(at.sun_path, address.data(), address.size());
    if (address.front() == '@') at.sun_path[0] = '\0';
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + address.size());
    if (bind(socket_, reinterpret_cast<const sockaddr*>(&at), size) != 0) {
      throw std::runtime_error("cannot bind " + address);
    }
  }
  ~NotifySocket() { close(socket_); }
  NotifySocket(const NotifySocket&) = delete;
  NotifySocket& operator=(const NotifySocket&) = delete;

  /// Takes what has come out of the kernel's queue, which holds ten messages and then blocks.
  void drain() {
    std::array<char, 4096> buffer{};
    for (;;) {
      const ssize_t size = recv(socket_, buffer.data(), buffer.size(), 0);
      if (size < 0) return;
      messages_.emplace_back(buffer.data(), static_cast<std::size_t>(size));
    }
  }

  /// All that came since the last call.
  std::vector<std::string> heard() {
    drain();
    return std::exchange(messages_, {});
  }

 private:
  int socket_;
  std::vector<std::string> messages_;
};

}  // namespace qanat::test
