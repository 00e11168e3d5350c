#include "web/http_server.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <system_error>
#include <utility>

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "base/number.h"

namespace qanat::web {

/// How the library takes back what it gave. Named, since HttpServer::Impl has one.
struct GiveBack {
  void operator()(MHD_Daemon* daemon) const noexcept { MHD_stop_daemon(daemon); }
  void operator()(MHD_Response* response) const noexcept { MHD_destroy_response(response); }
};

namespace {

constexpr unsigned kMostConnections = 512;
constexpr unsigned kIdleSeconds = 5;
constexpr std::size_t kRequestBytes = 16384;  ///< of a request's head; longer ones are refused

/// An address with its port, as the kernel takes it.
struct SocketAddress {
  sockaddr_storage storage{};

  [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

/// Nothing when the address is not one of the loopback interface.
std::optional<SocketAddress> loopback(const std::string& address, std::uint16_t port) {
  SocketAddress out;
  sockaddr_in ipv4{};
  sockaddr_in6 ipv6{};
  constexpr std::uint32_t kLoopbackNet = 127;
  if (inet_pton(AF_INET, address.c_str(), &ipv4.sin_addr) == 1) {
    if (ntohl(ipv4.sin_addr.s_addr) >> 24U != kLoopbackNet) return std::nullopt;
    ipv4.sin_family = AF_INET;
    ipv4.sin_port = htons(port);
    std::memcpy(&out.storage, &ipv4, sizeof ipv4);
    return out;
  }
  if (inet_pton(AF_INET6, address.c_str(), &ipv6.sin6_addr) == 1) {
    if (IN6_IS_ADDR_LOOPBACK(&ipv6.sin6_addr) == 0) return std::nullopt;
    ipv6.sin6_family = AF_INET6;
    ipv6.sin6_port = htons(port);
    std::memcpy(&out.storage, &ipv6, sizeof ipv6);
    return out;
  }
  return std::nullopt;
}

/// "[::1]:80" → "::1"; "localhost:80" → "localhost".
std::string_view without_port(std::string_view host) {
  if (host.starts_with('[')) return host.substr(1, std::min(host.find(']'), host.size()) - 1);
  return host.substr(0, host.find(':'));
}

/// Empty when the request has no such header.
std::string header_of(MHD_Connection* connection, const char* name) {
  const char* value = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
  return value == nullptr ? std::string() : std::string(value);
}

bool is_own_name(std::string_view host) {
  const std::string name(without_port(host));
  return name == "localhost" || loopback(name, 0).has_value();
}

Response refuse(int status, std::string_view why) {
  return {.status = status, .body = std::string(why) + "\n"};
}

using Bytes = std::shared_ptr<const std::string>;

void drop(void* bytes) { delete static_cast<Bytes*>(bytes); }

/// Holds the bytes until they are sent.
std::unique_ptr<MHD_Response, GiveBack> make_response(Bytes bytes) {
  auto* const held = new Bytes(std::move(bytes));
  // The library never writes to them, though its signature says otherwise.
  std::unique_ptr<MHD_Response, GiveBack> made(
      MHD_create_response_from_buffer_with_free_callback_cls(
          (*held)->size(), const_cast<char*>((*held)->data()), &drop, held));
  if (!made) drop(held);
  return made;
}

MHD_Result send(MHD_Connection* connection, Response response) {
  const auto made = make_response(
      response.shared ? std::move(response.shared)
                      : std::make_shared<const std::string>(std::move(response.body)));
  if (!made) return MHD_NO;
  MHD_add_response_header(made.get(), "Content-Type", response.type.c_str());
  MHD_add_response_header(made.get(), "X-Content-Type-Options", "nosniff");
  MHD_add_response_header(made.get(), "Cache-Control", response.cache_control.c_str());
  for (const Header& header : response.headers) {
    MHD_add_response_header(made.get(), header.name.c_str(), header.value.c_str());
  }
  if (response.status == MHD_HTTP_METHOD_NOT_ALLOWED) {
    MHD_add_response_header(made.get(), "Allow", "GET, HEAD");
  }
  return MHD_queue_response(connection, static_cast<unsigned>(response.status), made.get());
}

}  // namespace

struct HttpServer::Impl {
  Handler handler;
  std::unique_ptr<MHD_Daemon, GiveBack> daemon;  // last: it stops before what it uses goes away

  [[nodiscard]] Response answer(MHD_Connection* connection,
                                const char* path,
                                std::string_view method) const {
    if (method != "GET" && method != "HEAD") {
      return refuse(MHD_HTTP_METHOD_NOT_ALLOWED, "only GET and HEAD are answered");
    }
    if (!is_own_name(header_of(connection, MHD_HTTP_HEADER_HOST))) {
      return refuse(MHD_HTTP_MISDIRECTED_REQUEST, "this server is localhost and nobody else");
    }
    return handler({.path = path,
                    .if_none_match = header_of(connection, MHD_HTTP_HEADER_IF_NONE_MATCH),
                    .if_modified_since = header_of(connection, MHD_HTTP_HEADER_IF_MODIFIED_SINCE),
                    .accept_encoding = header_of(connection, MHD_HTTP_HEADER_ACCEPT_ENCODING)});
  }

  // NOLINTNEXTLINE(readability-function-size): the library calls it so.
  static MHD_Result on_request(void* self,
                               MHD_Connection* connection,
                               const char* url,
                               const char* method,
                               const char*,
                               const char*,
                               std::size_t*,
                               void**) {
    return send(connection, static_cast<const Impl*>(self)->answer(connection, url, method));
  }
};

Result<Endpoint> Endpoint::parse(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  const std::string_view digits = text.substr(std::min(colon + 1, text.size()));
  Endpoint endpoint{.address = std::string(without_port(text.substr(0, colon)))};
  const auto port = read_number<std::uint16_t>(digits);
  endpoint.port = port.value_or(0);
  if (colon == std::string_view::npos || !port || !loopback(endpoint.address, endpoint.port)) {
    return fail(Errc::config,
                "`" + std::string(text) +
                    "` is not a loopback address with a port, such as 127.0.0.1:9468");
  }
  return endpoint;
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::~HttpServer() = default;

Result<std::unique_ptr<HttpServer>> HttpServer::start(const Endpoint& endpoint, Handler handler) {
  const auto address = loopback(endpoint.address, endpoint.port);
  if (!address) return fail(Errc::config, endpoint.address + " is not a loopback address");
  const bool ipv6 = address->storage.ss_family == AF_INET6;
  auto impl = std::make_unique<Impl>();
  impl->handler = std::move(handler);
  impl->daemon.reset(MHD_start_daemon(static_cast<unsigned>(MHD_USE_EPOLL_INTERNAL_THREAD) |
                                          static_cast<unsigned>(ipv6 ? MHD_USE_IPv6 : MHD_NO_FLAG),
                                      endpoint.port,
                                      nullptr,
                                      nullptr,
                                      &Impl::on_request,
                                      impl.get(),
                                      MHD_OPTION_SOCK_ADDR,
                                      address->get(),
                                      MHD_OPTION_CONNECTION_LIMIT,
                                      kMostConnections,
                                      MHD_OPTION_CONNECTION_TIMEOUT,
                                      kIdleSeconds,
                                      MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                                      kRequestBytes,
                                      MHD_OPTION_END));
  if (!impl->daemon) {
    const int why = errno;
    // Whoever has the port may be about to end.
    return fail(why == EADDRINUSE ? Errc::storage_busy : Errc::config,
                "cannot listen on " + endpoint.address + ":" + std::to_string(endpoint.port) +
                    ": " + std::generic_category().message(why) + "; choose another port");
  }
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

std::uint16_t HttpServer::port() const {
  return MHD_get_daemon_info(impl_->daemon.get(), MHD_DAEMON_INFO_BIND_PORT)->port;
}

}  // namespace qanat::web
