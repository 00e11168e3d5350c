// What HTTP/2 adds to the ways in which a host can leave a transfer.

#include <atomic>

#include "crawler/curl_transport.h"
#include "failure.h"
#include "http2_peer.h"
#include "raw_server.h"
#include "support/catch.h"

using qanat::crawler::Answer;
using qanat::crawler::CurlOptions;
using qanat::crawler::CurlTransport;
using qanat::test::failure;
using qanat::test::Http2Peer;
using qanat::test::Peer;
using qanat::test::RawServer;
using qanat::test::TlsPeer;
using qanat::test::TlsServer;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

/// A host that speaks HTTP/2, and a client that trusts it.
class Http2Host {
 public:
  using Script = std::function<void(const Http2Peer& peer, Http2Peer::Stream stream)>;

  /// `script` is called for each request; the connection ends when `requests_a_connection` were,
  /// and what the client still sends then takes unread answers away from it (TCP's reset).
  explicit Http2Host(Script script, int requests_a_connection = 1)
      : script_(std::move(script)),
        requests_a_connection_(requests_a_connection),
        server_("h2", [this](const TlsPeer& peer) { serve(peer); }) {}

  /// The usual time is for a machine that does much else; a test that waits for it asks for less.
  [[nodiscard]] std::unique_ptr<CurlTransport> client(
      std::chrono::milliseconds total_timeout = 30s) const {
    return CurlTransport::create({.user_agent = "qanat-test/1",
                                  .connect_timeout = 20s,
                                  .total_timeout = total_timeout,
                                  .stall_timeout = 40s,
                                  .allow_private_addresses = true,
                                  .proxy = "",
                                  .ca_file = server_.ca_file()})
        .value();
  }
  [[nodiscard]] std::string url() const { return server_.url("localhost"); }
  [[nodiscard]] int requests() const { return requests_; }
  [[nodiscard]] int connections() const { return connections_; }

 private:
  void serve(const TlsPeer& tls) {
    ++connections_;
    const Http2Peer peer(tls);
    for (int i = 0; i < requests_a_connection_; ++i) {
      const auto stream = peer.next_request();
      if (!stream) return;
      ++requests_;
      script_(peer, *stream);
    }
  }

  Script script_;
  int requests_a_connection_;
  std::atomic<int> requests_ = 0;
  std::atomic<int> connections_ = 0;
  TlsServer server_;  // last: its thread uses the rest
};

}  // namespace

TEST_CASE("HTTP/2 answers come over one connection", "[http2]") {
  const Http2Host host(
      [](const Http2Peer& peer, auto stream) { peer.answer(stream, 200, "by HTTP/2"); }, 3);
  const auto client = host.client();

  CHECK(client->fetch({.url = host.url()}).value().body == "by HTTP/2");
  CHECK(client->fetch({.url = host.url()}).value().headers.starts_with("HTTP/2 200"));
  CHECK(host.connections() == 1);
}

TEST_CASE("a host that goes away in mid-body leaves an error, not half a page", "[http2]") {
  for (const bool says_it_took_the_stream : {true, false}) {
    const Http2Host host([&](const Http2Peer& peer, auto stream) {
      peer.send_status(stream, 200);
      peer.send_body(stream, "<html>half of it", false);
      peer.go_away(says_it_took_the_stream ? stream : 0);
    });

    CHECK_THAT(failure(host.client()->fetch({.url = host.url()})), StartsWith("localhost: "));
    CHECK(host.requests() == 1);
  }
}

TEST_CASE("a host that goes away and stays connected is left after the total time-out", "[http2]") {
  const Http2Host host([](const Http2Peer& peer, auto stream) {
    peer.send_status(stream, 200);
    peer.send_body(stream, "<html>half of it", false);
    peer.go_away(stream);
    peer.wait_until_client_leaves();
  });

  CHECK_THAT(failure(host.client(600ms)->fetch({.url = host.url()})), Contains("timed out"));
}

TEST_CASE("a stream that is reset in mid-body leaves an error, not half a page", "[http2]") {
  const Http2Host host([](const Http2Peer& peer, auto stream) {
    peer.send_status(stream, 200);
    peer.send_body(stream, "<html>half of it", false);
    peer.reset(stream, Http2Peer::Reset::broken);
    peer.wait_until_client_leaves();
  });

  CHECK_THAT(failure(host.client()->fetch({.url = host.url()})),
             StartsWith("localhost: the HTTP/2 stream broke"));
}

TEST_CASE("a request that the host refuses to look at is not sent again behind the gate's back",
          "[http2]") {
  const Http2Host refusing([](const Http2Peer& peer, auto stream) {
    peer.reset(stream, Http2Peer::Reset::refused);
    peer.wait_until_client_leaves();
  });
  const Http2Host leaving([](const Http2Peer& peer, auto) {
    peer.go_away(0);
    peer.wait_until_client_leaves();
  });

  CHECK_THAT(failure(refusing.client()->fetch({.url = refusing.url()})),
             StartsWith("localhost: the host refused the request without an answer"));
  CHECK(refusing.requests() == 1);
  CHECK_THAT(failure(leaving.client()->fetch({.url = leaving.url()})), StartsWith("localhost: "));
  CHECK(leaving.requests() == 1);
}

TEST_CASE("after a host went away the next request has a new connection", "[http2]") {
  const Http2Host host(
      [](const Http2Peer& peer, auto stream) {
        // Said before the answer ends, or the next request may be sent before it is heard.
        peer.send_status(stream, 200);
        peer.go_away(stream);
        peer.send_body(stream, "whole", true);
      },
      2);
  const auto client = host.client();

  CHECK(client->fetch({.url = host.url()}).value().body == "whole");
  CHECK(client->fetch({.url = host.url()}).value().body == "whole");
  CHECK(host.connections() == 2);
}

TEST_CASE("a request over a kept connection that turns out to be closed is sent once more",
          "[http2]") {
  int connections = 0;
  const RawServer server(
      [&](const Peer& peer) {
        constexpr std::string_view kAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npage";
        (void)peer.receive_request();
        peer.send(kAnswer);
        // The client sends its next request into a connection that ends without an answer.
        if (++connections == 1) (void)peer.receive_request();
      },
      RawServer::Opening::bytes);
  const auto client = CurlTransport::create({.user_agent = "qanat-test/1",
                                             .total_timeout = 5s,
                                             .allow_private_addresses = true,
                                             .proxy = "",
                                             .ca_file = ""})
                          .value();

  REQUIRE(client->fetch({.url = server.url()}));

  CHECK(client->fetch({.url = server.url()}).value().body == "page");
}
