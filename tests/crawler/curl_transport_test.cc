#include "crawler/curl_transport.h"

#include <atomic>
#include <chrono>
#include <initializer_list>

#include "base/http_date.h"
#include "failure.h"
#include "raw_server.h"
#include "support/bomb.h"
#include "support/catch.h"
#include "tls_server.h"

using qanat::crawler::Answer;
using qanat::crawler::CurlOptions;
using qanat::crawler::CurlTransport;
using qanat::test::failure;
using qanat::test::Peer;
using qanat::test::RawServer;
using qanat::test::TlsServer;
using qanat::test::zstd_zeros;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

constexpr std::size_t kMiB = std::size_t{1024} * 1024;

CurlOptions loopback_options() {
  return {.user_agent = "qanat-test/1 (+mailto:test@example.org)",
          .connect_timeout = 2s,
          .total_timeout = 5s,
          .stall_timeout = 3s,
          .allow_private_addresses = true,
          .proxy = "",
          .ca_file = "",
          .http1_only = false};
}

qanat::Result<Answer> fetch(const std::string& url,
                            const CurlOptions& options = loopback_options()) {
  auto transport = CurlTransport::create(options);
  REQUIRE(transport.has_value());
  return transport.value()->fetch({.url = url});
}

std::string http(std::string_view status, std::string_view headers, std::string_view body) {
  std::string text = "HTTP/1.1 ";
  text += status;
  text += "\r\nConnection: close\r\n";
  text += headers;
  text += "\r\n";
  text += body;
  return text;
}

RawServer::Answer saying(std::string text) {
  return [text = std::move(text)](const Peer& peer) { peer.send(text); };
}

/// That many seconds from now.
std::string http_date_in(std::chrono::seconds time) {
  return qanat::format_http_date(
      std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + time);
}

std::optional<std::chrono::seconds> pause_named_by(const std::string& header) {
  const RawServer server(saying(http("429 Too Many Requests", header, "")));
  const auto answer = fetch(server.url());
  REQUIRE(answer.has_value());
  CHECK(answer->status == 429);
  return answer->retry_after;
}

}  // namespace

TEST_CASE("an answer carries status, headers and body as they came") {
  const RawServer server(saying(http("200 OK", "X-One: 1\r\n", "<html>привет</html>")));

  const auto answer = fetch(server.url());

  REQUIRE(answer.has_value());
  CHECK(answer->status == 200);
  CHECK(answer->url == server.url());
  CHECK(answer->body == "<html>привет</html>");
  CHECK_THAT(answer->headers, StartsWith("HTTP/1.1 200 OK\r\n") && Contains("X-One: 1\r\n"));
  CHECK(answer->location.empty());
  CHECK_FALSE(answer->retry_after.has_value());
}

TEST_CASE(
    "a request names the program, asks for English and for compression, and sends no cookie") {
  const RawServer server(saying(http("200 OK", "Set-Cookie: a=b\r\n", "x")));
  auto transport = CurlTransport::create(loopback_options()).value();

  REQUIRE(transport->fetch({.url = server.url()}).has_value());
  REQUIRE(transport->fetch({.url = server.url("/s/some_channel?before=7")}).has_value());

  const std::string request = server.requests().at(1);
  CHECK_THAT(request, StartsWith("GET /s/some_channel?before=7 HTTP/1.1\r\n"));
  CHECK_THAT(request, Contains("User-Agent: qanat-test/1 (+mailto:test@example.org)\r\n"));
  CHECK_THAT(request, Contains("Accept-Language: en\r\n"));
  CHECK_THAT(request, Contains("Accept-Encoding: gzip"));
  CHECK_THAT(request, !Contains("Cookie"));
}

TEST_CASE("a request is left at once when its operator says so, and is no failure of the host") {
  std::atomic<bool> has_begun{false};
  const RawServer server([&](const Peer& peer) {
    has_begun = true;
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nx");
    peer.wait_until_client_leaves();
  });
  auto transport = CurlTransport::create(loopback_options()).value();
  transport->ask_meanwhile([&] { return !has_begun; });

  const auto answer = transport->fetch({.url = server.url()});

  REQUIRE_FALSE(answer);
  CHECK(answer.error().code == qanat::Errc::throttled);
}

TEST_CASE("a redirect is an answer with its absolute target, and is not followed") {
  const RawServer server(saying(http("302 Found", "Location: /some_channel\r\n", "")));

  const auto answer = fetch(server.url());

  REQUIRE(answer.has_value());
  CHECK(answer->status == 302);
  CHECK(answer->location == server.url("/some_channel"));
  CHECK(server.requests().size() == 1);
}

TEST_CASE("a redirect to another host contacts nobody") {
  const RawServer other(saying(http("200 OK", "", "secret")));
  const RawServer server(saying(http("301 Moved", "Location: " + other.url() + "\r\n", "")));

  const auto answer = fetch(server.url());

  REQUIRE(answer.has_value());
  CHECK(answer->location == other.url());
  CHECK(other.requests().empty());
}

TEST_CASE("errors of the host are answers: 404, 429, 503") {
  for (const char* status : {"404 Not Found", "429 Too Many Requests", "503 Unavailable"}) {
    const RawServer server(saying(http(status, "", "busy")));

    const auto answer = fetch(server.url());

    REQUIRE(answer.has_value());
    CHECK(std::to_string(answer->status) == std::string(status).substr(0, 3));
    CHECK(answer->body == "busy");
  }
}

TEST_CASE("a pause is read in seconds and as a date") {
  CHECK(pause_named_by("Retry-After: 17\r\n") == 17s);

  const auto until = pause_named_by("Retry-After: " + http_date_in(60s) + "\r\n");
  REQUIRE(until.has_value());
  CHECK(*until > 50s);
  CHECK(*until <= 61s);
}

TEST_CASE("an absurd pause that a host names is read as six hours") {
  CHECK(pause_named_by("Retry-After: 99999999999\r\n") == 6h);
  CHECK(pause_named_by("Retry-After: Fri, 31 Dec 2100 23:59:59 GMT\r\n") == 6h);
}

TEST_CASE("a pause that is absent, junk, zero or over is none") {
  CHECK_FALSE(pause_named_by("").has_value());
  CHECK_FALSE(pause_named_by("Retry-After: soon\r\n").has_value());
  CHECK_FALSE(pause_named_by("Retry-After: -5\r\n").has_value());
  CHECK_FALSE(pause_named_by("Retry-After: 0\r\n").has_value());
  CHECK_FALSE(pause_named_by("Retry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n").has_value());
}

TEST_CASE("a pause named once is not carried over to the next answer") {
  int served = 0;
  const RawServer server([&](const Peer& peer) {
    peer.send(++served == 1 ? http("503 Busy", "Retry-After: 30\r\nLocation: /x\r\n", "")
                            : http("200 OK", "", "fine"));
  });
  auto transport = CurlTransport::create(loopback_options()).value();

  CHECK(transport->fetch({.url = server.url()}).value().retry_after == 30s);
  const Answer second = transport->fetch({.url = server.url()}).value();

  CHECK_FALSE(second.retry_after.has_value());
  CHECK(second.location.empty());
  CHECK(second.body == "fine");
  CHECK_THAT(second.headers, !Contains("503"));
}

TEST_CASE("an interim answer's headers are not the answer's") {
  const RawServer server(saying("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" +
                                http("200 OK", "X-Final: 1\r\n", "x")));

  const auto answer = fetch(server.url());

  REQUIRE(answer.has_value());
  CHECK(answer->status == 200);
  CHECK_THAT(answer->headers, StartsWith("HTTP/1.1 200 OK") && !Contains("Link"));
}

TEST_CASE("a compressed body arrives decoded") {
  const RawServer server(saying(http("200 OK", "Content-Encoding: zstd\r\n", zstd_zeros(4))));

  const auto answer = fetch(server.url());

  REQUIRE(answer.has_value());
  CHECK(answer->body.size() == kMiB / 2);
}

TEST_CASE("a damaged compressed body is an error, not half a page") {
  const RawServer server(saying(http("200 OK", "Content-Encoding: gzip\r\n", "not gzip at all")));

  CHECK_THAT(failure(fetch(server.url())), Contains("compressed body is damaged"));
}

TEST_CASE("a body over the cap ends the transfer, with and without a named length") {
  CurlOptions options = loopback_options();
  options.max_body = kMiB;
  const std::string body(3 * kMiB, 'x');

  const RawServer unnamed(saying(http("200 OK", "", body)));
  CHECK_THAT(failure(fetch(unnamed.url(), options), qanat::Errc::markup),
             StartsWith("127.0.0.1: ") && Contains("larger than 1048576 bytes"));

  const RawServer named(saying(http("200 OK", "Content-Length: 3145728\r\n", body)));
  CHECK_THAT(failure(fetch(named.url(), options), qanat::Errc::markup),
             Contains("larger than 1048576 bytes"));
}

TEST_CASE("a chunked body without end is stopped at the cap") {
  CurlOptions options = loopback_options();
  options.max_body = kMiB;
  bool client_left = false;
  {
    const RawServer server([&](const Peer& peer) {
      peer.send(http("200 OK", "Transfer-Encoding: chunked\r\n", ""));
      const std::string chunk = "10000\r\n" + std::string(0x10000, 'x') + "\r\n";
      while (peer.send(chunk)) {
      }
      client_left = true;
    });

    CHECK_THAT(failure(fetch(server.url(), options), qanat::Errc::markup),
               Contains("larger than 1048576 bytes"));
  }
  CHECK(client_left);
}

TEST_CASE("a compression bomb is refused before it has filled the cap") {
  CurlOptions options = loopback_options();
  options.max_body = 64 * kMiB;
  const std::string bomb = zstd_zeros(500);  // 2 kB that become 62 MiB

  const RawServer plain(saying(http("200 OK", "Content-Encoding: zstd\r\n", bomb)));
  CHECK_THAT(failure(fetch(plain.url(), options), qanat::Errc::markup),
             Contains("compression bomb"));

  const std::string chunked = "7D6\r\n" + bomb + "\r\n0\r\n\r\n";
  const RawServer in_chunks(
      saying(http("200 OK", "Content-Encoding: zstd\r\nTransfer-Encoding: chunked\r\n", chunked)));
  REQUIRE(bomb.size() == 0x7D6);
  CHECK_THAT(failure(fetch(in_chunks.url(), options), qanat::Errc::markup),
             Contains("compression bomb"));
}

TEST_CASE("a well-packed page below the grace size is no bomb") {
  const RawServer server(saying(http("200 OK", "Content-Encoding: zstd\r\n", zstd_zeros(8))));

  CHECK(fetch(server.url()).has_value());
}

TEST_CASE("headers without end are refused") {
  CurlOptions options = loopback_options();
  options.max_headers = 8192;
  std::string headers;
  for (int i = 0; i < 500; ++i) headers += "X-Junk-" + std::to_string(i) + ": 0123456789abcdef\r\n";
  const RawServer server(saying(http("200 OK", headers, "x")));

  CHECK_THAT(failure(fetch(server.url(), options)), Contains("headers are larger than 8192 bytes"));
}

TEST_CASE("a host that never answers is left after the total time-out") {
  CurlOptions options = loopback_options();
  options.total_timeout = 200ms;
  const RawServer server([](const Peer& peer) { peer.wait_until_client_leaves(); });

  CHECK_THAT(failure(fetch(server.url(), options)), StartsWith("127.0.0.1: timed out"));
}

TEST_CASE("a host that stops in mid-body is left after the stall time-out") {
  CurlOptions options = loopback_options();
  options.stall_timeout = 1s;
  options.total_timeout = 30s;
  const RawServer server([](const Peer& peer) {
    peer.send(http("200 OK", "Content-Length: 1000\r\n", "<html>"));
    peer.wait_until_client_leaves();
  });

  CHECK_THAT(failure(fetch(server.url(), options)), Contains("timed out") && Contains("too slow"));
}

TEST_CASE("a body that is cut is an error, not half a page") {
  const RawServer server(saying(http("200 OK", "Content-Length: 1000\r\n", "<html>")));

  CHECK_THAT(failure(fetch(server.url())), Contains("the body was truncated"));
}

TEST_CASE("a chunked body that is cut is an error") {
  const RawServer server(
      saying(http("200 OK", "Transfer-Encoding: chunked\r\n", "6\r\n<html>\r\n")));

  CHECK_FALSE(fetch(server.url()).has_value());
}

TEST_CASE("a host that closes without a word is named with the cause") {
  const RawServer server([](const Peer&) {});

  CHECK_THAT(failure(fetch(server.url())), StartsWith("127.0.0.1: closed without an answer"));
}

TEST_CASE("what does not speak HTTP is an error") {
  const RawServer server(saying("SSH-2.0-OpenSSH_9.2\r\n"));

  CHECK_THAT(failure(fetch(server.url())), StartsWith("127.0.0.1: "));
}

TEST_CASE("a refused connection is named with host and port") {
  const int port = qanat::test::closed_port();

  CHECK_THAT(failure(fetch("http://127.0.0.1:" + std::to_string(port) + "/s/x")),
             StartsWith("127.0.0.1: cannot connect") && Contains(std::to_string(port)));
}

TEST_CASE("a name that cannot exist does not resolve") {
  CHECK_THAT(failure(fetch("http://no-such-host.invalid/s/x")),
             StartsWith("no-such-host.invalid: the name does not resolve"));
}

TEST_CASE("private addresses are refused at connect unless allowed, and nothing is sent") {
  CurlOptions options = loopback_options();
  options.allow_private_addresses = false;
  const RawServer server(saying(http("200 OK", "", "secret")));
  std::string url = server.url();
  url.replace(0, 4, "https");

  CHECK_THAT(failure(fetch(url, options)),
             StartsWith("127.0.0.1: the address 127.0.0.1 is not public"));
  CHECK(server.requests().empty());
}

TEST_CASE("a name that leads to a private address is refused like the address") {
  CurlOptions options = loopback_options();
  options.allow_private_addresses = false;

  CHECK_THAT(failure(fetch("https://localhost/s/x", options)), Contains("is not public"));
}

TEST_CASE("plain http is refused unless private addresses are allowed") {
  CurlOptions options = loopback_options();
  options.allow_private_addresses = false;

  CHECK_THAT(failure(fetch("http://127.0.0.1:1/s/x", options)),
             Contains("the scheme is not allowed"));
}

TEST_CASE("no scheme but http and https is ever allowed") {
  CHECK_THAT(failure(fetch("file:///etc/hostname")), Contains("the scheme is not allowed"));
  CHECK_THAT(failure(fetch("ftp://127.0.0.1/x")), Contains("the scheme is not allowed"));
}

TEST_CASE("a URL that is none is an error that shows it") {
  CHECK_THAT(failure(fetch("http://exa mple/s/x")), Contains("malformed"));
}

TEST_CASE("a failed fetch does not spoil the next one") {
  int served = 0;
  const RawServer server([&](const Peer& peer) {
    peer.send(++served == 1 ? http("200 OK", "Content-Length: 1000\r\n", "half")
                            : http("200 OK", "", "whole"));
  });
  auto transport = CurlTransport::create(loopback_options()).value();

  CHECK_FALSE(transport->fetch({.url = server.url()}).has_value());
  CHECK(transport->fetch({.url = server.url()}).value().body == "whole");
}

TEST_CASE("a configured proxy is asked, though its address is private") {
  const RawServer proxy(saying(http("200 OK", "", "by proxy")));
  CurlOptions options = loopback_options();
  options.proxy = proxy.url("");

  const auto answer = fetch("http://channels.invalid/s/x", options);

  REQUIRE(answer.has_value());
  CHECK(answer->body == "by proxy");
  CHECK_THAT(proxy.requests().at(0), StartsWith("GET http://channels.invalid/s/x HTTP/1.1"));
}

TEST_CASE("a SOCKS5 proxy resolves the name and passes the bytes") {
  std::string wanted;
  const RawServer proxy(
      [&](const Peer& peer) {
        const std::string greeting = peer.receive(2);
        (void)peer.receive(static_cast<unsigned char>(greeting.at(1)));  // ways to log in
        peer.send(std::string("\x05\x00", 2));
        const std::string head = peer.receive(5);  // version, connect, 0, a name, its length
        wanted = peer.receive(static_cast<unsigned char>(head.at(4)));
        (void)peer.receive(2);  // port
        peer.send(std::string("\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00", 10));
        (void)peer.receive_request();
        peer.send(http("200 OK", "", "by SOCKS"));
      },
      RawServer::Opening::bytes);
  CurlOptions options = loopback_options();
  options.proxy = "socks5h" + proxy.url("").substr(4);

  const auto answer = fetch("http://channels.invalid/s/x", options);

  REQUIRE(answer.has_value());
  CHECK(answer->body == "by SOCKS");
  CHECK(wanted == "channels.invalid");
}

TEST_CASE("what names a page's version is read, and sent back only when asked to") {
  const RawServer server(saying(http("200 OK",
                                     "ETag: W/\"7\"\r\nLast-Modified: Mon, 20 Jul 2026 02:00:00 "
                                     "GMT\r\n",
                                     "page")));
  auto transport = CurlTransport::create(loopback_options()).value();

  const Answer first = transport->fetch({.url = server.url()}).value();
  REQUIRE(transport->fetch({.url = server.url(), .unless = first.validators}));
  REQUIRE(transport->fetch({.url = server.url()}));

  CHECK(first.validators.etag == "W/\"7\"");
  CHECK(first.validators.last_modified == "Mon, 20 Jul 2026 02:00:00 GMT");
  const auto requests = server.requests();
  CHECK_THAT(requests.at(0), !Contains("If-None-Match"));
  CHECK_THAT(requests.at(1),
             Contains("If-None-Match: W/\"7\"\r\n") &&
                 Contains("If-Modified-Since: Mon, 20 Jul 2026 02:00:00 GMT\r\n"));
  CHECK_THAT(requests.at(2), !Contains("If-None-Match") && Contains("Accept-Language: en\r\n"));
}

TEST_CASE("\"not modified\" is an answer without a body") {
  const RawServer server(saying(http("304 Not Modified", "ETag: \"7\"\r\n", "")));

  const auto answer = fetch(server.url());

  REQUIRE(answer.has_value());
  CHECK(answer->status == 304);
  CHECK(answer->body.empty());
}

TEST_CASE("a version's name that is too long to send back is none") {
  const RawServer server(
      saying(http("200 OK", "ETag: \"" + std::string(2000, 'x') + "\"\r\n", "")));

  CHECK(fetch(server.url()).value().validators.empty());
}

TEST_CASE("TLS is spoken with a host whose certificate is trusted and has its name") {
  const TlsServer server(http("200 OK", "", "by TLS"));
  CurlOptions options = loopback_options();
  options.ca_file = server.ca_file();

  CHECK(fetch(server.url("localhost"), options).value().body == "by TLS");
  CHECK_THAT(failure(fetch(server.url("127.0.0.1"), options)),
             StartsWith("127.0.0.1: the TLS certificate is not valid"));
}

TEST_CASE("a certificate that nobody vouches for ends the transfer before the request") {
  const TlsServer server(http("200 OK", "", "secret"));

  CHECK_THAT(failure(fetch(server.url("localhost"))),
             StartsWith("localhost: the TLS certificate is not valid"));
  CHECK(server.answered() == 0);
}

TEST_CASE("HTTP/2 is offered where TLS is spoken, unless the options keep to HTTP/1.1") {
  const TlsServer server(http("200 OK", "", "x"));
  CurlOptions options = loopback_options();
  options.ca_file = server.ca_file();

  REQUIRE(fetch(server.url("localhost"), options));
  CHECK(server.offered() == std::vector<std::string>{"h2", "http/1.1"});

  options.http1_only = true;
  REQUIRE(fetch(server.url("localhost"), options));
  CHECK(server.offered() == std::vector<std::string>{"http/1.1"});
}
