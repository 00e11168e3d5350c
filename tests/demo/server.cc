#include "demo/server.h"

#include <algorithm>
#include <cerrno>
#include <mutex>
#include <system_error>
#include <utility>

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>

namespace qanat::demo {
namespace {

struct Stop {
  void operator()(MHD_Daemon* daemon) const noexcept { MHD_stop_daemon(daemon); }
  void operator()(MHD_Response* response) const noexcept { MHD_destroy_response(response); }
};

MHD_Result collect_value(void* values, MHD_ValueKind, const char* key, const char* value) {
  auto& map = *static_cast<std::map<std::string, std::string>*>(values);
  map[key] = value == nullptr ? "" : value;
  return MHD_YES;
}

MHD_Result collect_header(void* headers, MHD_ValueKind, const char* key, const char* value) {
  std::string name(key);
  std::ranges::transform(name, name.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter;
  });
  auto& map = *static_cast<std::map<std::string, std::string>*>(headers);
  map[name] = value == nullptr ? "" : value;
  return MHD_YES;
}

MHD_Result send(MHD_Connection* connection, const Reply& reply) {
  // MHD copies the body and never writes to it, though its signature says otherwise.
  const std::unique_ptr<MHD_Response, Stop> response(MHD_create_response_from_buffer(
      reply.body.size(), const_cast<char*>(reply.body.data()), MHD_RESPMEM_MUST_COPY));
  if (!response) return MHD_NO;
  for (const auto& [name, value] : reply.headers) {
    MHD_add_response_header(response.get(), name.c_str(), value.c_str());
  }
  return MHD_queue_response(connection, static_cast<unsigned>(reply.status), response.get());
}

}  // namespace

std::string Query::str() const {
  std::string text = path;
  char separator = '?';
  for (const auto& [key, value] : values) {
    text += std::exchange(separator, '&');
    text += key;
    text += "=";
    text += value;
  }
  return text;
}

struct Server::Impl {
  static MHD_Result on_request(void* self,
                               MHD_Connection* connection,
                               const char* url,
                               const char* method,
                               const char* version,
                               const char* upload,
                               std::size_t* upload_size,
                               void** state);

  Reply serve(const Query& query);

  mutable std::mutex mutex;
  std::vector<Channel> channels;
  std::vector<Query> requests;
  Fault fault;
  std::unique_ptr<MHD_Daemon, Stop> daemon;  // last: it stops before what it uses goes away
};

Reply Server::Impl::serve(const Query& query) {
  Fault current;
  {
    const std::scoped_lock lock(mutex);
    requests.push_back(query);
    current = fault;
  }
  if (current) {
    if (auto instead = current(query)) return std::move(*instead);
  }
  const std::scoped_lock lock(mutex);
  return answer(channels, query);
}

// NOLINTNEXTLINE(readability-function-size): the library calls it so.
MHD_Result Server::Impl::on_request(void* self,
                                    MHD_Connection* connection,
                                    const char* url,
                                    const char*,
                                    const char*,
                                    const char*,
                                    std::size_t*,
                                    void**) {
  Query query{.path = url, .values = {}, .headers = {}};
  MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, &collect_value, &query.values);
  MHD_get_connection_values(connection, MHD_HEADER_KIND, &collect_header, &query.headers);
  return send(connection, static_cast<Impl*>(self)->serve(query));
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::start(std::vector<Channel> channels, std::uint16_t port) {
  auto impl = std::make_unique<Impl>();
  impl->channels = std::move(channels);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  impl->daemon.reset(MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD,
                                      port,
                                      nullptr,
                                      nullptr,
                                      &Impl::on_request,
                                      impl.get(),
                                      MHD_OPTION_SOCK_ADDR,
                                      &address,
                                      MHD_OPTION_END));
  if (!impl->daemon) {
    const int reason = errno;
    return fail(Errc::network,
                "cannot serve on 127.0.0.1:" + std::to_string(port) + ": " +
                    std::generic_category().message(reason) + "; choose another --port");
  }
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

std::uint16_t Server::port() const {
  return MHD_get_daemon_info(impl_->daemon.get(), MHD_DAEMON_INFO_BIND_PORT)->port;
}

std::string Server::url() const { return "http://127.0.0.1:" + std::to_string(port()); }

std::vector<Query> Server::requests() const {
  const std::scoped_lock lock(impl_->mutex);
  return impl_->requests;
}

void Server::set_fault(Fault fault) {
  const std::scoped_lock lock(impl_->mutex);
  impl_->fault = std::move(fault);
}

void Server::set_channels(std::vector<Channel> channels) {
  const std::scoped_lock lock(impl_->mutex);
  impl_->channels = std::move(channels);
}

}  // namespace qanat::demo
