#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "demo/channel.h"

namespace qanat::demo {

/// A request as the server saw it.
struct Query {
  std::string path;                            ///< "/s/ds_sobes_demo"
  std::map<std::string, std::string> values;   ///< {"before", "41"}
  std::map<std::string, std::string> headers;  ///< names in lower case

  /// "/s/ds_sobes_demo?before=41"
  [[nodiscard]] std::string str() const;
};

/// How a body is sent.
enum class Delivery {
  whole,
  cut,       ///< the connection ends in mid-body
  stalled,   ///< from mid-body on nothing more comes, for a second; then the connection ends
  dripping,  ///< a byte at a time
  endless,   ///< in chunks, over and over
};

struct Reply {
  int status = 200;
  std::map<std::string, std::string> headers;
  std::string body;
  Delivery delivery = Delivery::whole;
};

/// A fault: asked before each answer, from the server's thread; what it returns is sent instead of
/// the page. Nothing lets the page through.
using Fault = std::function<std::optional<Reply>(const Query& query)>;

/// t.me in small, on loopback: channel pages with paging, landing pages, free names. Threads: the
/// server has its own; every function may be called from any other.
class Server {
 public:
  /// Listens on 127.0.0.1. Port 0 takes a free one.
  /// Errors: network, when the port is taken.
  static Result<std::unique_ptr<Server>> start(std::vector<Channel> channels,
                                               std::uint16_t port = 0);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  /// "http://127.0.0.1:40213"
  [[nodiscard]] std::string url() const;

  /// Every request so far, in order.
  [[nodiscard]] std::vector<Query> requests() const;

  void set_fault(Fault fault);

  /// Replaces what is served: posts that appear, change or go between two visits.
  void set_channels(std::vector<Channel> channels);

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

/// The page that the channels give for a request; used by the server, pure.
[[nodiscard]] Reply answer(const std::vector<Channel>& channels, const Query& query);

}  // namespace qanat::demo
