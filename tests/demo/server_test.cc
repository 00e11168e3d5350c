#include "demo/server.h"

#include <array>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/catch.h"

using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using qanat::demo::load_channels;
using qanat::demo::Query;
using qanat::demo::Reply;
using qanat::demo::Server;

namespace {

std::unique_ptr<Server> start_server() {
  return Server::start(load_channels(qanat::demo::default_channels_folder()).value()).value();
}

/// The whole answer, as received.
std::string ask(const Server& server, const std::string& target) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  REQUIRE(socket >= 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(server.port());
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  REQUIRE(::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  const std::string request =
      "GET " + target + " HTTP/1.1\r\nHost: demo\r\nUser-Agent: Test\r\nConnection: close\r\n\r\n";
  REQUIRE(::send(socket, request.data(), request.size(), MSG_NOSIGNAL) ==
          static_cast<ssize_t>(request.size()));
  std::string answer;
  std::array<char, 16384> buffer{};
  for (ssize_t got = 0; (got = ::recv(socket, buffer.data(), buffer.size(), 0)) > 0;) {
    answer.append(buffer.data(), static_cast<std::size_t>(got));
  }
  ::close(socket);
  return answer;
}

}  // namespace

TEST_CASE("the server listens on a free loopback port and serves pages as UTF-8") {
  const auto server = start_server();

  const std::string answer = ask(*server, "/s/ds_sobes_demo");

  CHECK(server->port() != 0);
  CHECK(server->url() == "http://127.0.0.1:" + std::to_string(server->port()));
  CHECK_THAT(answer,
             StartsWith("HTTP/1.1 200 OK\r\n") &&
                 Contains("Content-Type: text/html; charset=utf-8\r\n") && Contains("DS-собес"));
}

TEST_CASE("a cursor in the query reaches the page") {
  const auto server = start_server();

  CHECK_THAT(ask(*server, "/s/ask_cpp_demo?before=4"),
             Contains("ask_cpp_demo/3\"") && !Contains("ask_cpp_demo/5\""));
}

TEST_CASE("a redirect has a location and no body") {
  const auto server = start_server();

  CHECK_THAT(ask(*server, "/s/closed_preview_demo"),
             StartsWith("HTTP/1.1 302") && Contains("Location: /closed_preview_demo\r\n"));
}

TEST_CASE("the server remembers what it was asked") {
  const auto server = start_server();

  ask(*server, "/s/ask_cpp_demo?before=20");
  ask(*server, "/ask_cpp_demo");

  const auto requests = server->requests();
  REQUIRE(requests.size() == 2);
  CHECK(requests[0].str() == "/s/ask_cpp_demo?before=20");
  CHECK(requests[0].headers.at("user-agent") == "Test");
  CHECK(requests[1].str() == "/ask_cpp_demo");
}

TEST_CASE("a fault answers instead of the page, for as long as it wants to") {
  const auto server = start_server();
  server->set_fault([](const Query& query) -> std::optional<Reply> {
    if (query.path != "/s/ask_cpp_demo") return std::nullopt;
    return Reply{.status = 429, .headers = {{"Retry-After", "17"}}, .body = "slow down"};
  });

  CHECK_THAT(ask(*server, "/s/ask_cpp_demo"),
             StartsWith("HTTP/1.1 429") && Contains("Retry-After: 17\r\n"));
  CHECK_THAT(ask(*server, "/s/empty_room_demo"), StartsWith("HTTP/1.1 200"));

  server->set_fault(nullptr);
  CHECK_THAT(ask(*server, "/s/ask_cpp_demo"), StartsWith("HTTP/1.1 200"));
}

TEST_CASE("posts may appear and go while the server runs") {
  const auto server = start_server();
  auto channels = load_channels(qanat::demo::default_channels_folder()).value();
  channels.at(0).posts.pop_back();
  REQUIRE(channels.at(0).name == "ask_cpp_demo");

  CHECK_THAT(ask(*server, "/s/ask_cpp_demo"), Contains("ask_cpp_demo/50\""));
  server->set_channels(std::move(channels));
  CHECK_THAT(ask(*server, "/s/ask_cpp_demo"), !Contains("ask_cpp_demo/50\""));
}

TEST_CASE("a port that is taken is refused with a remedy") {
  const auto server = start_server();

  const auto second = Server::start({}, server->port());

  REQUIRE_FALSE(second.has_value());
  CHECK_THAT(second.error().message,
             Contains(std::to_string(server->port())) && Contains("choose another --port"));
}
