#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace qanat::web {

/// What is asked for, and the header lines that an answer depends on; empty: there is none.
struct Request {
  std::string path;  ///< "/livez", without the query
  std::string if_none_match;
  std::string if_modified_since;
  std::string accept_encoding;
};

inline constexpr int kNotModified = 304;
inline constexpr int kNotFound = 404;
inline constexpr int kUnavailable = 503;

struct Header {
  std::string name;
  std::string value;
};

struct Response {
  int status = 200;
  std::string type = "text/plain; charset=utf-8";
  std::string body;  ///< of a 304 only its length is told
  /// Sent in place of `body`, and not copied: clients who are sent the same page share it.
  std::shared_ptr<const std::string> shared;
  std::string cache_control = "no-store";
  std::vector<Header> headers;  ///< further ones
};

/// Answers one request. Called in the server's thread, one call at a time.
using Handler = std::function<Response(const Request& request)>;

/// "127.0.0.1:9468", "[::1]:9468".
struct Endpoint {
  std::string address;  ///< of the loopback interface, in digits
  std::uint16_t port = 0;

  /// Errors: config, when it is not an address of this machine's loopback interface and a port.
  static Result<Endpoint> parse(std::string_view text);
};

/// A small read-only server for this machine alone: GET and HEAD, no login, so nothing else than
/// loopback can be listened on. A request that names another host is refused (421): a web page
/// elsewhere cannot read it through a name of its own. Idle clients are left after seconds and do
/// not keep others waiting.
class HttpServer {
 public:
  /// Port 0 takes a free one. Errors: storage_busy, when somebody has the port; config, when the
  /// endpoint may not be used.
  static Result<std::unique_ptr<HttpServer>> start(const Endpoint& endpoint, Handler handler);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  [[nodiscard]] std::uint16_t port() const;

 private:
  struct Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace qanat::web
