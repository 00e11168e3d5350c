#include "raw_server.h"

#include <array>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/catch.h"

namespace qanat::test {
namespace {

struct Bound {
  int socket = -1;
  int port = 0;
};

Bound bind_loopback() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  REQUIRE(socket >= 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  REQUIRE(::bind(socket, generic, size) == 0);
  REQUIRE(::getsockname(socket, generic, &size) == 0);
  return {.socket = socket, .port = ntohs(address.sin_port)};
}

}  // namespace

bool Peer::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::string Peer::receive(std::size_t size) const {
  std::string bytes(size, '\0');
  const ssize_t got = ::recv(socket_, bytes.data(), size, MSG_WAITALL);
  bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return bytes;
}

std::string Peer::receive_request() const {
  std::string request;
  std::array<char, 4096> buffer{};
  while (!request.ends_with("\r\n\r\n")) {
    const ssize_t got = ::recv(socket_, buffer.data(), buffer.size(), 0);
    if (got <= 0) break;
    request.append(buffer.data(), static_cast<std::size_t>(got));
  }
  return request;
}

void Peer::wait_until_client_leaves() const {
  char ignored = 0;
  while (::recv(socket_, &ignored, 1, 0) > 0) {
  }
}

Listener::Listener() {
  const Bound bound = bind_loopback();
  socket_ = bound.socket;
  port_ = bound.port;
  REQUIRE(::listen(socket_, 8) == 0);
}

Listener::~Listener() { ::close(socket_); }

int Listener::accept() const { return ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC); }

void Listener::stop() const { ::shutdown(socket_, SHUT_RDWR); }

RawServer::RawServer(Answer answer, Opening opening)
    : answer_(std::move(answer)), opening_(opening), thread_([this] { serve(); }) {}

RawServer::~RawServer() {
  listener_.stop();
  thread_.join();
}

void RawServer::serve() {
  while (true) {
    const int socket = listener_.accept();
    if (socket < 0) return;
    const Peer peer(socket);
    if (opening_ == Opening::request) {
      std::string request = peer.receive_request();
      const std::scoped_lock lock(mutex_);
      requests_.push_back(std::move(request));
    }
    answer_(peer);
    ::close(socket);
  }
}

std::string RawServer::url(std::string_view path) const {
  return "http://127.0.0.1:" + std::to_string(listener_.port()) + std::string(path);
}

std::vector<std::string> RawServer::requests() const {
  const std::scoped_lock lock(mutex_);
  return requests_;
}

int closed_port() {
  const Bound bound = bind_loopback();
  ::close(bound.socket);
  return bound.port;
}

}  // namespace qanat::test
