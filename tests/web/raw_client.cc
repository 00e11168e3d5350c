#include "raw_client.h"

#include <array>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/catch.h"

namespace qanat::test {

RawClient::RawClient(std::uint16_t port)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  REQUIRE(socket_ >= 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  REQUIRE(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
}

RawClient::~RawClient() { ::close(socket_); }

void RawClient::send(std::string_view bytes) const {
  REQUIRE(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
          static_cast<ssize_t>(bytes.size()));
}

std::string RawClient::receive() const {
  std::string all;
  std::array<char, 4096> buffer{};
  for (;;) {
    const ssize_t got = ::recv(socket_, buffer.data(), buffer.size(), 0);
    if (got <= 0) return all;
    all.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

std::string ask(std::uint16_t port,
                std::string_view path,
                std::string_view method,
                std::string_view host) {
  const RawClient client(port);
  std::string request(method);
  request.append(" ").append(path).append(" HTTP/1.1\r\n");
  if (!host.empty()) request.append("Host: ").append(host).append("\r\n");
  client.send(request + "Connection: close\r\n\r\n");
  return client.receive();
}

}  // namespace qanat::test
