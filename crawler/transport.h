#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/error.h"

namespace qanat::crawler {

/// What names one version of a page, as its host gave it: to ask for the page only if it has
/// changed since. Empty: the host gave none.
struct Validators {
  std::string etag;
  std::string last_modified;

  [[nodiscard]] bool empty() const { return etag.empty() && last_modified.empty(); }
  bool operator==(const Validators&) const = default;
};

struct Request {
  std::string url;
  Validators unless;  ///< of the version that need not be sent again
};

/// An answer of a host, whatever its status: 302, 304, 404 and 429 are data, not errors.
struct Answer {
  int status = 0;
  std::string url;       ///< the URL that was asked
  std::string location;  ///< absolute redirect target; empty when there is none
  /// Clamped to [1 s, 6 h]. Nothing when the host named none, an unreadable one or a moment that
  /// has passed: then the caller's own back-off counts.
  std::optional<std::chrono::seconds> retry_after;
  Validators validators;
  std::string headers;  ///< as received, status line first, for the archive
  std::string body;     ///< decoded
};

/// The only access to the network.
class Transport {
 public:
  Transport() = default;
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;
  virtual ~Transport() = default;

  /// Blocks until the answer is whole or the request's total time-out has passed. Never follows a
  /// redirect. Errors: network, naming host and cause: DNS, connect, TLS, time-out, body over the
  /// cap, an address or scheme that is not allowed; throttled, when the operator had it left.
  virtual Result<Answer> fetch(const Request& request) = 0;
};

}  // namespace qanat::crawler
