#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "crawler/transport.h"

namespace qanat::crawler {

struct CurlOptions {
  std::string user_agent;
  std::size_t max_body = std::size_t{8} * 1024 * 1024;  ///< decoded bytes
  std::size_t max_headers = std::size_t{64} * 1024;     ///< bytes, of all header lines together
  std::chrono::milliseconds connect_timeout = std::chrono::seconds{10};
  std::chrono::milliseconds total_timeout = std::chrono::seconds{60};
  std::chrono::seconds stall_timeout{15};  ///< ends a transfer below 100 bytes/s for this long
  bool allow_private_addresses = false;  ///< loopback and private networks; also permits plain http
  /// libcurl's notation; empty for none: the environment's proxies are not read. The proxy's own
  /// address may be private, and it, not this program, decides which addresses it connects to.
  std::string proxy;
  std::string ca_file;  ///< PEM: authorities to trust instead of the system's; empty: the system's
  bool http1_only = false;  ///< else HTTP/2 is offered where TLS is spoken
};

/// Transport over libcurl: one easy handle, its connections reused. One thread at a time.
class CurlTransport final : public Transport {
 public:
  /// Errors: network, when libcurl cannot be set up; config, for a proxy, a user agent or a file of
  /// certificates that libcurl does not take.
  static Result<std::unique_ptr<CurlTransport>> create(const CurlOptions& options);
  ~CurlTransport() override;

  Result<Answer> fetch(const Request& request) override;

  /// `may_go_on` is called during a request, at least once a second; when it returns false, the
  /// request is abandoned with `throttled`.
  void ask_meanwhile(std::function<bool()> may_go_on);

 private:
  struct Impl;
  explicit CurlTransport(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace qanat::crawler
