#pragma once

#include <string>

#include <sys/types.h>

/// As many channels as one likes, none of them stored anywhere: pages made when they are asked for.
namespace qanat::bench {

/// Posts of each, on one page; no two channels have one alike.
inline constexpr int kPostsOfChannel = 20;

/// "room_number_7"
[[nodiscard]] std::string channel_name(int number);

/// The channel's only page.
[[nodiscard]] std::string channel_page(int number);

/// Ends the program when it is no gzip.
[[nodiscard]] std::string gunzipped(const std::string& bytes);

/// Serves them on loopback, compressed, in a process of its own, so that its work and memory are
/// not the crawler's. Ends with the object.
class ChannelServer {
 public:
  ChannelServer();
  ~ChannelServer();
  ChannelServer(const ChannelServer&) = delete;
  ChannelServer& operator=(const ChannelServer&) = delete;

  /// "http://127.0.0.1:40213"
  [[nodiscard]] std::string url() const;

 private:
  pid_t process_ = -1;
  int port_ = 0;
};

}  // namespace qanat::bench
