#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "crawler/transport.h"

namespace qanat::crawler {

struct CurlOptions {
  std::string user_agent;
  std::size_t max_body = std::size_t{8} * 1024 * 1024;  ///< decoded bytes
  std::chrono::seconds connect_timeout{10};
  std::chrono::seconds total_timeout{60};
  bool allow_private_addresses = false;  ///< loopback and private networks; also permits plain http
  std::string proxy;                     ///< libcurl's notation; empty for none
};

/// Transport over libcurl: one easy handle, its connections reused. One thread at a time.
class CurlTransport final : public Transport {
 public:
  /// Errors: network, when libcurl cannot be set up.
  static Result<std::unique_ptr<CurlTransport>> create(CurlOptions options);
  ~CurlTransport() override;

  Result<Answer> fetch(const Request& request) override;

 private:
  struct Impl;
  explicit CurlTransport(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace qanat::crawler
