#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace qanat::test {

/// A connection to a loopback port, closed at its end.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  void send(std::string_view bytes) const;
  /// All that comes until the server closes.
  [[nodiscard]] std::string receive() const;

 private:
  int socket_;
};

/// The whole answer to one request, status line first.
[[nodiscard]] std::string ask(std::uint16_t port,
                              std::string_view path,
                              std::string_view method = "GET",
                              std::string_view host = "localhost");

}  // namespace qanat::test
