// Each fault of a host against the whole line: real HTTP on loopback, a real store, a fake clock.
// What holds after every one of them: the cause has its name, nothing is stored twice, and the next
// night brings what is missing.

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/crawl_run.h"
#include "app/keeper.h"
#include "app/page_fetcher.h"
#include "base/http_date.h"
#include "crawler/curl_transport.h"
#include "demo/fault_plan.h"
#include "demo/server.h"
#include "small_pack.h"
#include "store/snapshot_archive.h"
#include "support/bomb.h"
#include "support/catch.h"
#include "support/fake_clock.h"
#include "support/files.h"

using namespace qanat;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using demo::Delivery;
using demo::FaultPlan;

namespace {

constexpr std::size_t kMaxBody = std::size_t{256} * 1024;

/// A line over which slow answers may be left early, by the machine's own clock.
class HurriedLine final : public crawler::Transport {
 public:
  bool hurry = false;

  Result<crawler::Answer> fetch(const crawler::Request& request) override {
    return (hurry ? hurried_ : patient_)->fetch(request);
  }
  void ask_meanwhile(const std::function<bool()>& may_go_on) { patient_->ask_meanwhile(may_go_on); }

 private:
  static std::unique_ptr<crawler::CurlTransport> line(std::chrono::milliseconds total_timeout) {
    return crawler::CurlTransport::create({.user_agent = "qanat-test",
                                           .max_body = kMaxBody,
                                           .total_timeout = total_timeout,
                                           .allow_private_addresses = true,
                                           .proxy = "",
                                           .ca_file = ""})
        .value();
  }

  std::unique_ptr<crawler::CurlTransport> patient_ = line(20s);
  std::unique_ptr<crawler::CurlTransport> hurried_ = line(300ms);
};

/// One demo channel of 48 posts on three pages, followed by a store of its own.
class Night {
 public:
  Night() { REQUIRE(store.add_channel(room, clock.now())); }

  void plan(FaultPlan faults) { server->set_fault(std::move(faults)); }
  [[nodiscard]] FaultPlan faults() const { return FaultPlan(channels); }
  void no_faults() {
    server->set_fault(nullptr);
    line.hurry = false;
  }

  [[nodiscard]] demo::Channel& channel() {
    return *std::ranges::find(channels, "ask_cpp_demo", &demo::Channel::name);
  }
  void serve() { server->set_channels(channels); }

  app::RunReport crawl(
      bool backfill = false, const std::function<bool()>& stop_asked = [] { return false; }) {
    app::World world{fetcher, keeper, clock, classifier};
    auto run = app::crawl(world,
                          store,
                          {.channels = {room},
                           .settings = {.max_pages = 50, .recheck = {}, .schedule = {}},
                           .backfill = backfill,
                           .stop_asked = stop_asked},
                          [](const app::CrawlProgress&) {});
    REQUIRE(run);
    return *std::move(run);
  }

  /// Stores the first 20 posts; later pages are short, so that a walk to them has several.
  void store_beginning() {
    channel().posts.resize(20);
    serve();
    REQUIRE(crawl().totals().fresh == 20);
    channels = demo::load_channels(demo::default_channels_folder()).value();
    channel().page_messages = 8;
    serve();
  }

  /// The next night.
  app::RunReport crawl_later() {
    clock.advance(24h);
    return crawl();
  }

  /// Ids of the stored posts, ascending, as often as they are there.
  std::vector<MessageId> stored() {
    std::vector<MessageId> ids;
    REQUIRE(store.for_each({.channels = {room}}, [&](const Record& record) {
      ids.push_back(record.post.id.message);
      return true;
    }));
    return ids;
  }
  std::vector<MessageId> served() {
    std::vector<MessageId> ids;
    for (const demo::DemoPost& post : channel().posts) ids.push_back(post.id);
    return ids;
  }

  /// Without the fault, the next night stores every post once.
  void recovers() {
    no_faults();
    const app::RunReport run = crawl_later();
    CHECK(run.totals().failed == 0);
    CHECK(stored() == served());
  }

  [[nodiscard]] static std::string error_of(const app::RunReport& run) {
    REQUIRE(run.channels.front().error);
    return run.channels.front().error->message;
  }
  [[nodiscard]] store::ChannelRow row() { return store.channel(room).value().value(); }
  /// Requests for pages so far.
  [[nodiscard]] std::size_t asked() const {
    const auto requests = server->requests();
    return static_cast<std::size_t>(std::ranges::count_if(
        requests, [](const demo::Query& query) { return query.path != "/robots.txt"; }));
  }

  test::TemporaryFolder folder;
  test::FakeClock clock;
  std::vector<demo::Channel> channels =
      demo::load_channels(demo::default_channels_folder()).value();
  std::unique_ptr<demo::Server> server = demo::Server::start(channels).value();
  store::Store store = store::Store::create(folder.file("qanat.db")).value();
  store::SnapshotArchive archive =
      store::SnapshotArchive::open(folder.file("archive"), folder.file("qanat.db")).value();
  ChannelName room = ChannelName::parse("ask_cpp_demo").value();
  HurriedLine line;
  crawler::HostGate gate{{}, {}, clock.now_ms()};
  crawler::CircuitBreaker breaker{0, 1};
  app::PoliteClient client{{line, gate, breaker, clock, store}};
  app::PageFetcher fetcher{
      client, clock, store, archive, {.hosts = {server->url()}, .ignore_robots = false}};
  app::StoreKeeper keeper{archive, store};
  classifier::Classifier classifier{classifier::RuleSet::compile(test::small_pack()).value()};
};

/// That many seconds from now.
std::string http_date_in(std::chrono::seconds time) {
  return qanat::format_http_date(
      std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + time);
}

}  // namespace

TEST_CASE("a host that answers with an error leaves the visit failed, as http or its own trouble",
          "[faults]") {
  for (const int code : {401, 404, 410, 451, 500, 502, 504}) {
    CAPTURE(code);
    Night night;
    night.plan(night.faults().from(1, demo::status(code)));

    const app::RunReport run = night.crawl();

    CHECK(run.channels.front().cause == (code >= 500 ? "host trouble" : "http"));
    CHECK_THAT(Night::error_of(run), Contains("answered " + std::to_string(code)));
    CHECK(night.asked() == (code >= 500 ? app::PageFetcher::kAttempts : 1));
    night.recovers();
  }
}

TEST_CASE("an error in mid-walk keeps what came before it, and loses nothing after", "[faults]") {
  Night night;
  night.plan(night.faults().at(2, demo::status(404)));

  const app::RunReport run = night.crawl();

  CHECK(run.totals().failed == 1);
  CHECK(run.totals().pages == 1);
  CHECK_FALSE(night.row().settled);
  night.recovers();
}

TEST_CASE("a pause named in seconds or as a date is waited for, then the page is asked again",
          "[faults]") {
  for (const std::string& pause : {std::string("30"), http_date_in(40s)}) {
    CAPTURE(pause);
    Night night;
    night.plan(night.faults().at(1, demo::status(429, {{"Retry-After", pause}})));

    const app::RunReport run = night.crawl();

    CHECK(run.totals().failed == 0);
    CHECK(night.stored() == night.served());
    CHECK(night.clock.slept() >= 30s);
  }
}

TEST_CASE("an absurd pause stops everything for six hours, and no longer", "[faults]") {
  Night night;
  night.plan(night.faults().at(1, demo::status(503, {{"Retry-After", "99999999999"}})));

  const app::RunReport run = night.crawl();

  CHECK(run.totals().deferred == 1);
  CHECK(night.asked() == 1);
  CHECK(night.gate.wait(night.clock.now_ms()) == 6h);
  night.clock.advance(5h);
  CHECK(night.crawl().totals().deferred == 1);
  CHECK(night.asked() == 1);
  night.clock.advance(1h);
  CHECK(night.crawl().totals().fetched == 1);
}

TEST_CASE("a body that stalls, drips or is cut ends in time, as an error and never half a page",
          "[faults]") {
  for (const Delivery delivery : {Delivery::stalled, Delivery::dripping, Delivery::cut}) {
    CAPTURE(static_cast<int>(delivery));
    Night night;
    night.line.hurry = true;
    night.plan(night.faults().from(1, demo::delivered(delivery)));

    const app::RunReport run = night.crawl();

    CHECK(run.channels.front().cause == "network");
    CHECK(night.stored().empty());
    CHECK(night.archive.months().value().empty());
    night.recovers();
  }
}

TEST_CASE(
    "a stop leaves a body that drips or stalls: the visit is deferred, nothing is half stored",
    "[faults]") {
  for (const Delivery delivery : {Delivery::dripping, Delivery::stalled}) {
    CAPTURE(static_cast<int>(delivery));
    Night night;
    night.plan(night.faults().from(1, demo::delivered(delivery)));
    const auto stop_asked = [&night] { return night.asked() > 0; };
    night.line.ask_meanwhile([&] { return !stop_asked(); });
    const auto begin = std::chrono::steady_clock::now();

    const app::RunReport run = night.crawl(false, stop_asked);

    CHECK(std::chrono::steady_clock::now() - begin < 5s);  // of the 20 that it may take
    CHECK(run.totals().failed == 0);
    CHECK(run.totals().deferred == 1);
    CHECK(run.channels.front().cause == app::kStopped);
    CHECK(night.row().failures == 0);
    CHECK(night.gate.state().rate == 1.0);
    CHECK(night.breaker.trips() == 0);
    CHECK(night.stored().empty());
    CHECK(night.archive.months().value().empty());
    night.line.ask_meanwhile([] { return true; });
    night.recovers();
  }
}

TEST_CASE("a body without end is stopped at the cap", "[faults]") {
  Night night;
  night.plan(night.faults().from(1, demo::delivered(Delivery::endless)));

  const app::RunReport run = night.crawl();

  CHECK(run.channels.front().cause == "markup");
  CHECK_THAT(Night::error_of(run), Contains("the body is larger than 262144 bytes"));
  night.recovers();
}

TEST_CASE("a compression bomb is stopped at the cap", "[faults]") {
  Night night;
  night.plan(night.faults().from(1, demo::body(test::zstd_zeros(500), "zstd")));

  const app::RunReport run = night.crawl();

  CHECK(run.channels.front().cause == "markup");
  CHECK_THAT(Night::error_of(run), Contains("larger than 262144 bytes"));
  night.recovers();
}

TEST_CASE("a redirect in a circle is asked once", "[faults]") {
  Night night;
  night.plan(night.faults().from(1, demo::moved("/s/ask_cpp_demo")));

  const app::RunReport run = night.crawl();

  CHECK(night.asked() == 1);
  CHECK_THAT(Night::error_of(run), Contains("which is not a page of the channel"));
  night.recovers();
}

TEST_CASE("a redirect to another host contacts nobody", "[faults]") {
  Night night;
  const auto elsewhere = demo::Server::start(night.channels).value();
  night.plan(night.faults().from(1, demo::moved(elsewhere->url() + "/s/other_channel")));

  const app::RunReport run = night.crawl();

  CHECK(run.totals().failed == 1);
  CHECK(elsewhere->requests().empty());
  night.recovers();
}

TEST_CASE("a challenge page leaves the hosts alone until its pause is over", "[faults]") {
  Night night;
  night.plan(night.faults().at(
      1, demo::body("<html><script src=\"/cdn-cgi/challenge-platform/h/x.js\"></script></html>")));

  CHECK(night.crawl().totals().deferred == 1);
  CHECK(night.crawl().totals().deferred == 1);
  CHECK(night.asked() == 1);
  night.clock.advance(15min);
  CHECK(night.crawl().totals().fetched == 1);
  CHECK(night.stored() == night.served());
}

TEST_CASE("pages that repeat end the walk with a gap, which a backfill reads", "[faults]") {
  Night night;
  night.store_beginning();
  night.plan(night.faults().from(2, demo::newest_page_again(night.channel())));

  const app::RunReport run = night.crawl_later();

  CHECK(run.totals().gaps == 1);
  CHECK(run.degraded());
  REQUIRE(night.store.gaps(night.room).value().size() == 1);
  CHECK(night.store.gaps(night.room).value().front().cause == app::kNoProgress);
  night.no_faults();
  night.clock.advance(24h);
  (void)night.crawl(true);
  CHECK(night.stored() == night.served());
  CHECK(night.store.gaps(night.room).value().empty());
}

TEST_CASE("a page without posts in mid-history is a gap, and no end of the channel", "[faults]") {
  Night night;
  night.store_beginning();
  night.plan(night.faults().at(2, demo::page_without_posts(night.channel())));

  CHECK(night.crawl_later().totals().gaps == 1);

  night.no_faults();
  night.clock.advance(24h);
  (void)night.crawl(true);
  CHECK(night.stored() == night.served());
}

TEST_CASE("pages without a link to older ones are walked all the same", "[faults]") {
  Night night;
  for (const demo::DemoPost& post : night.channel().posts) {
    night.channel().unlinked_from.push_back(post.id);
  }
  night.serve();

  const app::RunReport run = night.crawl();

  CHECK(run.totals().gaps == 0);
  CHECK(night.stored() == night.served());
}

TEST_CASE("edits and deletions between two visits are found, and nothing else changes",
          "[faults]") {
  Night night;
  REQUIRE(night.crawl().totals().fresh == 48);
  auto& posts = night.channel().posts;
  const MessageId edited = posts[posts.size() - 3].id;
  const MessageId deleted = posts[posts.size() - 5].id;
  posts[posts.size() - 3].text = "an answer, corrected";
  std::erase_if(posts, [&](const demo::DemoPost& post) { return post.id == deleted; });
  night.serve();

  const app::RunReport first = night.crawl_later();
  const app::RunReport second = night.crawl_later();

  CHECK(first.totals().edited == 1);
  CHECK(first.totals().deleted == 0);
  CHECK(second.totals().edited == 0);
  CHECK(second.totals().deleted == 1);
  const auto find = [&](MessageId id) {
    return night.store.find({.channel = night.room, .message = id}).value().value();
  };
  CHECK(find(edited).revision == 2);
  CHECK(find(edited).post.text == "an answer, corrected");
  CHECK(find(deleted).deleted_at);
  CHECK(night.stored().size() == 48);
}

TEST_CASE("a channel that was renamed is gone under its old name, and keeps its posts",
          "[faults]") {
  Night night;
  REQUIRE(night.crawl().totals().fresh == 48);
  night.channel().slug = "cpp_under_a_new_name";
  night.channel().name = "cpp_under_a_new_name";
  night.serve();

  const app::RunReport run = night.crawl_later();

  CHECK(run.totals().failed == 0);
  CHECK(night.row().state == store::ChannelState::gone);
  CHECK(night.row().next_due_at > night.clock.now());
  CHECK(night.stored().size() == 48);
}

TEST_CASE("a channel that loses its preview is restricted, and is live again when it comes back",
          "[faults]") {
  Night night;
  REQUIRE(night.crawl().totals().fresh == 48);
  night.channel().preview = false;
  night.serve();

  CHECK(night.crawl_later().totals().failed == 0);
  CHECK(night.row().state == store::ChannelState::restricted);

  night.channel().preview = true;
  night.serve();
  CHECK(night.crawl_later().totals().fresh == 0);
  CHECK(night.row().state != store::ChannelState::restricted);
}

TEST_CASE("a host that is gone leaves the visit failed as network, and the next one is asked",
          "[faults]") {
  Night night;
  const auto second = demo::Server::start(night.channels).value();
  const std::string url = night.server->url();
  night.server.reset();
  app::PageFetcher both(night.client,
                        night.clock,
                        night.store,
                        night.archive,
                        {.hosts = {url, second->url()}, .ignore_robots = false});

  CHECK(night.crawl().channels.front().cause == "network");
  const auto answer = both.preview(night.room, std::nullopt);

  REQUIRE(answer);
  CHECK(answer->status == 200);
  CHECK_FALSE(second->requests().empty());
}

TEST_CASE("what was fetched is archived before it is parsed, whatever becomes of it", "[faults]") {
  Night night;
  night.plan(night.faults().from(1, demo::body("<html><body>502 Bad Gateway</body></html>")));

  const app::RunReport run = night.crawl();

  CHECK(run.channels.front().cause == "markup");
  CHECK(night.archive.months().value().size() == 1);
  night.recovers();
}
