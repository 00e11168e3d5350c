#include "web/http_server.h"

#include <chrono>
#include <memory>
#include <vector>

#include "raw_client.h"
#include "support/catch.h"

using qanat::Errc;
using qanat::test::ask;
using qanat::test::RawClient;
using qanat::web::Endpoint;
using qanat::web::HttpServer;
using qanat::web::Request;
using qanat::web::Response;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

std::unique_ptr<HttpServer> start_server() {
  auto server = HttpServer::start({.address = "127.0.0.1", .port = 0}, [](const Request& request) {
    return Response{.body = "you asked for " + request.path};
  });
  REQUIRE(server);
  return *std::move(server);
}

}  // namespace

TEST_CASE("a request is answered with what the handler says") {
  const auto server = start_server();

  const std::string answer = ask(server->port(), "/livez?verbose=1");

  CHECK_THAT(answer, StartsWith("HTTP/1.1 200 ") && Contains("\r\n\r\nyou asked for /livez"));
  CHECK_THAT(answer,
             Contains("X-Content-Type-Options: nosniff") && Contains("Cache-Control: no-store"));
}

TEST_CASE("HEAD is answered without a body") {
  const auto server = start_server();

  const std::string answer = ask(server->port(), "/livez", "HEAD");

  CHECK_THAT(answer, StartsWith("HTTP/1.1 200 "));
  CHECK(answer.ends_with("\r\n\r\n"));
}

TEST_CASE("what would change something is refused") {
  const auto server = start_server();

  for (const char* method : {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"}) {
    CAPTURE(method);
    CHECK_THAT(ask(server->port(), "/livez", method),
               StartsWith("HTTP/1.1 405 ") && Contains("Allow: GET, HEAD"));
  }
}

TEST_CASE("a request for another host's name is refused, and so is one that names none") {
  const auto server = start_server();
  const std::string port = std::to_string(server->port());

  for (const char* host : {"evil.example", "127.0.0.1.evil.example", "10.0.0.1", "[fe80::1]", ""}) {
    CAPTURE(host);
    CHECK_THAT(ask(server->port(), "/livez", "GET", host), !Contains("you asked for"));
  }
  for (const std::string& host : {"localhost:" + port, "127.0.0.1:" + port, std::string("[::1]")}) {
    CAPTURE(host);
    CHECK_THAT(ask(server->port(), "/livez", "GET", host), Contains("you asked for"));
  }
}

TEST_CASE("a request without end is refused") {
  const auto server = start_server();
  const RawClient client(server->port());

  client.send("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + std::string(20000, 'x') + "\r\n\r\n");

  CHECK_THAT(client.receive(), !Contains("you asked for"));
}

TEST_CASE("two hundred clients that say nothing keep nobody waiting") {
  const auto server = start_server();
  std::vector<std::unique_ptr<RawClient>> idle;
  for (int i = 0; i < 200; ++i) {
    idle.push_back(std::make_unique<RawClient>(server->port()));
    idle.back()->send("GET /slow HTTP/1.1\r\n");
  }

  const auto begin = std::chrono::steady_clock::now();
  CHECK_THAT(ask(server->port(), "/livez"), Contains("you asked for /livez"));
  CHECK(std::chrono::steady_clock::now() - begin < 1s);
}

TEST_CASE("only the loopback interface can be listened on") {
  for (const char* text : {"0.0.0.0:80",
                           "192.168.1.1:80",
                           "[::]:80",
                           "example.org:80",
                           "localhost:80",
                           "127.0.0.1",
                           "127.0.0.1:",
                           "127.0.0.1:99999",
                           ":80"}) {
    CAPTURE(text);
    const auto endpoint = Endpoint::parse(text);
    REQUIRE_FALSE(endpoint);
    CHECK(endpoint.error().code == Errc::config);
    CHECK_THAT(endpoint.error().message, Contains("such as 127.0.0.1:9468"));
  }
  CHECK(Endpoint::parse("127.0.0.1:9468").value().port == 9468);
  CHECK(Endpoint::parse("[::1]:80").value().address == "::1");
}

TEST_CASE("a port that is taken is named") {
  const auto server = start_server();

  const auto second = HttpServer::start({.address = "127.0.0.1", .port = server->port()},
                                        [](const Request&) { return Response{}; });

  REQUIRE_FALSE(second);
  CHECK(second.error().code == Errc::storage_busy);
  CHECK_THAT(second.error().message, Contains(std::to_string(server->port())));
}
