#include "bench/made_channels.h"

#include <array>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string_view>

#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include "bench/russian_text.h"
#include "demo/page_renderer.h"
#include "demo/server.h"
#include "support/packed.h"
#include "support/random.h"

namespace qanat::bench {
namespace {

constexpr std::string_view kName = "room_number_";

demo::Channel channel_of(int number) {
  const auto seed = static_cast<std::uint64_t>(number) + 1;
  test::Random random(seed);
  PostWriter writer(seed);
  const std::string name = channel_name(number);
  demo::Channel channel{.name = name,
                        .slug = name,
                        .title = "Room " + std::to_string(number),
                        .description = "Made for a benchmark",
                        .numeric_id = number + 1,
                        .audience = "1 024",
                        .counters = {{.value = "1.02K", .type = "subscribers"}}};
  Instant date = parse_instant("2026-07-01T00:00:00Z").value();
  for (int id = 1; id <= kPostsOfChannel; ++id) {
    date += std::chrono::minutes{random.between(30, 1440)};
    channel.posts.push_back({.id = id,
                             .date = date,
                             .views = std::to_string(random.between(1, 999)),
                             .text = writer.write(random.between<std::size_t>(200, 1500)),
                             .author = ""});
  }
  return channel;
}

[[noreturn]] void give_up(const char* what) {
  std::fprintf(stderr, "%s\n", what);
  std::exit(2);
}

/// Nothing for what is no channel of ours: the server then answers by itself.
std::optional<demo::Reply> answer(const demo::Query& query) {
  constexpr std::string_view kFolder = "/s/";
  std::string_view path = query.path;
  if (!path.starts_with(kFolder)) return std::nullopt;
  path.remove_prefix(kFolder.size() + kName.size());
  int number = 0;
  std::from_chars(path.data(), path.data() + path.size(), number);
  return demo::Reply{
      .status = 200,
      .headers = {{"Content-Type", "text/html; charset=utf-8"}, {"Content-Encoding", "gzip"}},
      .body = test::gzip(channel_page(number))};
}

/// The child's life: until it is killed.
[[noreturn]] void serve(int port_to) {
  auto server = demo::Server::start({});
  if (!server) give_up(server.error().message.c_str());
  (*server)->set_fault(answer);
  const int port = (*server)->port();
  if (::write(port_to, &port, sizeof port) != sizeof port) give_up("the crawler has gone");
  for (;;) ::pause();
}

}  // namespace

std::string channel_name(int number) { return std::string(kName) + std::to_string(number); }

std::string channel_page(int number) { return demo::render_channel_page(channel_of(number), {}); }

std::string gunzipped(const std::string& bytes) {
  z_stream stream{};
  if (inflateInit2(&stream, 16 + MAX_WBITS) != Z_OK) give_up("zlib cannot begin");
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string out;
  std::array<char, 16'384> buffer{};
  int code = Z_OK;
  while (code == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = static_cast<uInt>(buffer.size());
    code = inflate(&stream, Z_NO_FLUSH);
    out.append(buffer.data(), buffer.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  if (code != Z_STREAM_END) give_up("a page is no gzip");
  return out;
}

ChannelServer::ChannelServer() {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) give_up("no pipe");
  process_ = ::fork();
  if (process_ < 0) give_up("no process");
  if (process_ == 0) serve(ends[1]);
  ::close(ends[1]);
  if (::read(ends[0], &port_, sizeof port_) != sizeof port_) give_up("the server did not start");
  ::close(ends[0]);
}

ChannelServer::~ChannelServer() {
  ::kill(process_, SIGTERM);
  ::waitpid(process_, nullptr, 0);
}

std::string ChannelServer::url() const { return "http://127.0.0.1:" + std::to_string(port_); }

}  // namespace qanat::bench
