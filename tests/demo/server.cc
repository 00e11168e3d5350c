#include "demo/server.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstring>
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

/// Bodies that are under way slowly or not at all, until the server stops.
class Waiting {
 public:
  /// Until the server stops, or a moment has passed.
  void wait(std::chrono::milliseconds moment) {
    std::unique_lock lock(mutex_);
    stopped_by_.wait_for(lock, moment, [this] { return stopping_; });
  }
  [[nodiscard]] bool stopping() {
    const std::scoped_lock lock(mutex_);
    return stopping_;
  }
  void stop() {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
    stopped_by_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable stopped_by_;
  bool stopping_ = false;
};

/// A body that is sent otherwise than whole.
class SlowBody {
 public:
  SlowBody(const Reply& reply, Waiting& waiting)
      : bytes_(reply.body), delivery_(reply.delivery), waiting_(waiting) {}

  static ssize_t on_read(void* self, std::uint64_t at, char* into, std::size_t room) {
    return static_cast<SlowBody*>(self)->read(at, into, room);
  }
  static void on_end(void* self) { delete static_cast<SlowBody*>(self); }

 private:
  ssize_t read(std::uint64_t at, char* into, std::size_t room) {
    switch (delivery_) {
      case Delivery::cut:
        return at < middle() ? copy(at, middle(), into, room) : MHD_CONTENT_READER_END_WITH_ERROR;
      case Delivery::stalled: return at < middle() ? copy(at, middle(), into, room) : stall();
      case Delivery::dripping:
        return is_over() ? MHD_CONTENT_READER_END_WITH_ERROR : copy(at, bytes_.size(), into, 1);
      case Delivery::endless: return copy(at % bytes_.size(), bytes_.size(), into, room);
      case Delivery::whole: break;
    }
    return copy(at, bytes_.size(), into, room);
  }

  [[nodiscard]] std::uint64_t middle() const { return bytes_.size() / 2; }

  [[nodiscard]] ssize_t copy(std::uint64_t from,
                             std::uint64_t end,
                             char* into,
                             std::size_t room) const {
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(room, end - from));
    std::memcpy(into, bytes_.data() + from, size);
    return static_cast<ssize_t>(size);
  }

  /// Waits a moment; whether the server stops.
  [[nodiscard]] bool is_over() const {
    constexpr std::chrono::milliseconds kMoment{10};
    waiting_.wait(kMoment);
    return waiting_.stopping();
  }

  /// A client that has gone is not noticed here: it must not be waited for for ever.
  ssize_t stall() {
    constexpr int kMostWaits = 100;
    return is_over() || ++waits_ > kMostWaits ? MHD_CONTENT_READER_END_WITH_ERROR : 0;
  }

  std::string bytes_;
  Delivery delivery_;
  Waiting& waiting_;
  int waits_ = 0;
};

MHD_Response* make_response(const Reply& reply, Waiting& waiting) {
  if (reply.delivery == Delivery::whole) {
    // MHD copies the body and never writes to it, though its signature says otherwise.
    return MHD_create_response_from_buffer(
        reply.body.size(), const_cast<char*>(reply.body.data()), MHD_RESPMEM_MUST_COPY);
  }
  constexpr std::size_t kBlock = 4096;
  const std::uint64_t size =
      reply.delivery == Delivery::endless ? MHD_SIZE_UNKNOWN : reply.body.size();
  return MHD_create_response_from_callback(
      size, kBlock, &SlowBody::on_read, new SlowBody(reply, waiting), &SlowBody::on_end);
}

MHD_Result send(MHD_Connection* connection, const Reply& reply, Waiting& waiting) {
  const std::unique_ptr<MHD_Response, Stop> response(make_response(reply, waiting));
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
  Waiting waiting;
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
  auto& server = *static_cast<Impl*>(self);
  return send(connection, server.serve(query), server.waiting);
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() { impl_->waiting.stop(); }

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
