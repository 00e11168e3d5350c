// A host that speaks HTTP/2 and goes away in mid-page, against the whole line.

#include <algorithm>
#include <atomic>

#include "app/crawl_run.h"
#include "app/keeper.h"
#include "app/page_fetcher.h"
#include "crawler/curl_transport.h"
#include "crawler/http2_peer.h"
#include "demo/channel.h"
#include "demo/page_renderer.h"
#include "small_pack.h"
#include "store/snapshot_archive.h"
#include "support/catch.h"
#include "support/fake_clock.h"
#include "support/files.h"

using namespace qanat;
using namespace std::chrono_literals;
using test::Http2Peer;
using test::TlsPeer;
using test::TlsServer;

namespace {

std::string newest_page() {
  const auto channels = demo::load_channels(demo::default_channels_folder()).value();
  const auto room = std::ranges::find(channels, "ask_cpp_demo", &demo::Channel::name);
  return demo::render_channel_page(*room, {});
}

}  // namespace

TEST_CASE(
    "a host that goes away in mid-page is asked again at the gate's pace, and half a page is "
    "stored nowhere",
    "[faults]") {
  const std::string page = newest_page();
  std::atomic<int> asked = 0;  // robots.txt, then the page
  const TlsServer server("h2", [&](const TlsPeer& tls) {
    const Http2Peer peer(tls);
    while (const auto stream = peer.next_request()) {
      if (++asked == 1) {
        peer.answer(*stream, 404, "");
      } else if (asked == 2) {
        peer.send_status(*stream, 200);
        peer.send_body(*stream, page.substr(0, page.size() / 2), false);
        peer.go_away(*stream);
        return;
      } else {
        peer.answer(*stream, 200, page);
      }
    }
  });
  const test::TemporaryFolder folder;
  test::FakeClock clock;
  auto store = store::Store::create(folder.file("qanat.db")).value();
  auto archive =
      store::SnapshotArchive::open(folder.file("archive"), folder.file("qanat.db")).value();
  const auto room = ChannelName::parse("ask_cpp_demo").value();
  REQUIRE(store.add_channel(room, clock.now()));
  const auto line = crawler::CurlTransport::create({.user_agent = "qanat-test",
                                                    .total_timeout = 20s,
                                                    .allow_private_addresses = true,
                                                    .proxy = "",
                                                    .ca_file = server.ca_file()})
                        .value();
  crawler::HostGate gate({}, {}, clock.now_ms());
  crawler::CircuitBreaker breaker(0, 1);
  app::PoliteClient client({*line, gate, breaker, clock, store});
  const std::string url = server.url("localhost");
  app::PageFetcher fetcher(client,
                           clock,
                           store,
                           archive,
                           {.hosts = {url.substr(0, url.find("/s/"))}, .ignore_robots = false});
  app::StoreKeeper keeper(archive, store);
  const classifier::Classifier classifier(classifier::RuleSet::compile(test::small_pack()).value());
  app::World world{fetcher, keeper, clock, classifier};

  const auto run =
      app::crawl(world,
                 store,
                 {.channels = {room}, .settings = {.max_pages = 1, .recheck = {}, .schedule = {}}},
                 [](const app::CrawlProgress&) {});

  REQUIRE(run);
  CHECK(run->totals().failed == 0);
  CHECK(run->totals().fresh == 20);
  CHECK(asked == 3);
  CHECK(run->totals().requests == 3);
  CHECK(clock.slept() >= 3s);  // one at the rate of 1 a second, two at half of it
  const auto months = archive.months().value();
  REQUIRE(months.size() == 1);
  const auto month = archive.summary(months.front()).value();
  CHECK(month.fetches == 1);
  CHECK(month.bytes == static_cast<std::int64_t>(page.size()));
}
