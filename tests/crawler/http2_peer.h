#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "tls_server.h"

namespace qanat::test {

/// The server's side of an HTTP/2 connection (RFC 9113): enough to answer requests, and to break
/// off wherever a test wants. It does not read what is asked for.
class Http2Peer {
 public:
  using Stream = std::uint32_t;

  /// Opens the connection with the client.
  explicit Http2Peer(const TlsPeer& peer);

  /// The stream of the next request; nothing when the client has gone.
  [[nodiscard]] std::optional<Stream> next_request() const;

  /// The head of an answer, 200 or 404.
  void send_status(Stream stream, int status) const;
  void send_body(Stream stream, std::string_view bytes, bool is_last) const;
  /// An answer as it should be.
  void answer(Stream stream, int status, std::string_view body) const;

  /// GOAWAY: streams after `last` were not looked at, and no more are taken.
  void go_away(Stream last) const;
  enum class Reset : std::uint32_t {
    broken = 2,   ///< INTERNAL_ERROR
    refused = 7,  ///< REFUSED_STREAM: nothing was done with it, it may be sent again
  };
  void reset(Stream stream, Reset why) const;

  /// Blocks until the client closes its side.
  void wait_until_client_leaves() const;

 private:
  void send(std::uint8_t type, std::uint8_t flags, Stream stream, std::string_view payload) const;

  TlsPeer peer_;
};

}  // namespace qanat::test
