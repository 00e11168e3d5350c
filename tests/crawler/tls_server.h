#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <openssl/ssl.h>

#include "raw_server.h"
#include "support/files.h"

namespace qanat::test {

/// One connection of TlsServer, after the handshake.
class TlsPeer {
 public:
  explicit TlsPeer(SSL& connection) : connection_(connection) {}

  /// Sends all of it, unless the client has gone.
  void send(std::string_view bytes) const;
  /// Exactly so many bytes; fewer when the client has gone.
  [[nodiscard]] std::string receive(std::size_t size) const;

 private:
  SSL& connection_;
};

/// A server on a loopback port that speaks TLS, with a certificate of its own for "localhost". It
/// serves one connection after another in its own thread.
class TlsServer {
 public:
  using Answer = std::function<void(const TlsPeer& peer)>;

  /// Says the same to everybody, one HTTP/1.1 request a connection.
  explicit TlsServer(const std::string& text);
  /// Agrees on this protocol ("h2"), whatever is offered; each connection is then the answer's, and
  /// closed after it.
  TlsServer(std::string protocol, Answer answer);
  ~TlsServer();
  TlsServer(const TlsServer&) = delete;
  TlsServer& operator=(const TlsServer&) = delete;

  /// "https://localhost:40213/s/some_channel"
  [[nodiscard]] std::string url(std::string_view host) const;
  /// A PEM file that vouches for it.
  [[nodiscard]] std::string ca_file() const { return folder_.file("ca.pem"); }
  /// Requests that were read, of a server that says the same to everybody.
  [[nodiscard]] int answered() const { return answered_; }
  /// The protocols that the latest client offered, in its order.
  [[nodiscard]] std::vector<std::string> offered() const;

 private:
  struct Free {
    void operator()(SSL_CTX* context) const noexcept { SSL_CTX_free(context); }
  };

  static int on_protocols(SSL* connection,
                          const unsigned char** chosen,
                          unsigned char* chosen_size,
                          const unsigned char* offered,
                          unsigned int offered_size,
                          void* self);
  void serve();
  void answer(int socket);

  std::string protocol_;
  Answer answer_;
  TemporaryFolder folder_;
  std::unique_ptr<SSL_CTX, Free> context_;
  Listener listener_;
  std::atomic<int> answered_ = 0;
  mutable std::mutex mutex_;
  std::vector<std::string> offered_;
  std::thread thread_;
};

}  // namespace qanat::test
