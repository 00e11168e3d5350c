#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace qanat::test {

/// One connection of RawServer, after its request was read.
class Peer {
 public:
  explicit Peer(int socket) : socket_(socket) {}

  /// Sends all of it; false when the client has gone.
  bool send(std::string_view bytes) const;  // NOLINT(modernize-use-nodiscard): most do not ask

  /// Exactly so many bytes; fewer when the client has gone.
  [[nodiscard]] std::string receive(std::size_t size) const;

  /// Up to the empty line; a GET has no body.
  [[nodiscard]] std::string receive_request() const;

  /// Blocks until the client closes its side.
  void wait_until_client_leaves() const;

 private:
  int socket_;
};

/// A loopback port that is listened on.
class Listener {
 public:
  Listener();
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  [[nodiscard]] int port() const { return port_; }
  /// The next connection's socket, for the caller to close; below zero after stop().
  [[nodiscard]] int accept() const;
  /// Ends a waiting accept(), from another thread.
  void stop() const;

 private:
  int socket_ = -1;
  int port_ = 0;
};

/// A server on a loopback port that says exactly what a test wants, HTTP or not. It serves one
/// connection after another in its own thread, one request each.
class RawServer {
 public:
  using Answer = std::function<void(const Peer& peer)>;

  enum class Opening {
    request,  ///< the client's request is read before it is answered
    bytes,    ///< the answer reads what it wants: another protocol comes first
  };

  explicit RawServer(Answer answer, Opening opening = Opening::request);
  ~RawServer();
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  [[nodiscard]] std::string url(std::string_view path = "/s/some_channel") const;
  /// The requests so far, as received.
  [[nodiscard]] std::vector<std::string> requests() const;

 private:
  void serve();

  Answer answer_;
  Opening opening_;
  Listener listener_;
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  std::thread thread_;
};

/// A loopback port on which nobody listens.
int closed_port();

}  // namespace qanat::test
