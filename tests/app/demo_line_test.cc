// The whole line over real HTTP: the demo channels, crawled into a store, come out as a person
// wrote that they are.

#include <csignal>
#include <optional>
#include <string>

#include <sys/resource.h>

#include "app/crawl_run.h"
#include "app/rule_packs.h"
#include "app/system_clock.h"
#include "base/names.h"
#include "crawler/curl_transport.h"
#include "demo/server.h"
#include "demo/text_markup.h"
#include "store/snapshot_archive.h"
#include "support/catch.h"
#include "support/files.h"

using namespace qanat;

namespace {

/// A demo server, and a store that its channels were crawled into.
class CrawledDemo {
 public:
  CrawledDemo() {
    for (const demo::Channel& channel : channels) {
      names.push_back(ChannelName::parse(channel.name).value());
      REQUIRE(store.add_channel(names.back(), clock.now()));
    }
  }

  Result<app::RunReport> crawl() {
    auto transport = crawler::CurlTransport::create(
                         {.user_agent = "qanat-test", .allow_private_addresses = true})
                         .value();
    crawler::HostGate gate({.max_rate = 1000}, {.rate = 1000}, clock.now_ms());
    crawler::CircuitBreaker breaker(0, 1);
    app::PoliteClient client({*transport, gate, breaker, clock, store});
    app::PageFetcher fetcher(
        client, clock, store, archive, {.hosts = {server->url()}, .ignore_robots = false});
    app::StoreKeeper keeper(archive, store);
    app::World world{fetcher, keeper, clock, classifier};
    return app::crawl(
        world,
        store,
        {.channels = names, .settings = {.max_pages = 50, .recheck = {}, .schedule = {}}},
        [](const app::CrawlProgress&) {});
  }

  test::TemporaryFolder folder;
  app::SystemClock clock;
  std::vector<demo::Channel> channels =
      demo::load_channels(demo::default_channels_folder()).value();
  std::unique_ptr<demo::Server> server = demo::Server::start(channels).value();
  store::Store store = store::Store::create(folder.file("qanat.db")).value();
  store::SnapshotArchive archive =
      store::SnapshotArchive::open(folder.file("archive"), folder.file("qanat.db")).value();
  classifier::Classifier classifier = app::load_classifier({}).value();
  std::vector<ChannelName> names;
};

/// Words only: how blank space is shared between neighbouring spans is nobody's truth.
std::string without_blanks(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view(" \n\t").find(c) == std::string_view::npos) out += c;
  }
  return out;
}

std::string removed_words(const Record& record, RemovedKind kind) {
  std::string out;
  for (const Removed& part : record.verdict.removed) {
    if (part.kind != kind) continue;
    out += record.post.text.substr(part.span.begin, part.span.size());
  }
  return without_blanks(out);
}

std::string true_words(const demo::DemoPost& post, RemovedKind kind) {
  std::string out;
  for (const demo::TrueRemoval& part : post.truth.removed) {
    if (part.kind == kind) out += part.text;
  }
  return without_blanks(out);
}

void check_post(const demo::DemoPost& truth, const Record& record) {
  INFO(record.post.id.str() << "\n" << record.post.text);
  // Of a service post the author wrote no more than what it quotes; the sentence is Telegram's.
  if (truth.service == demo::Service::none) {
    CHECK(record.post.text == demo::plain_text(truth.text));
  }
  CHECK(name_of(record.verdict.label) == name_of(truth.truth.label));
  CHECK(name_of(record.verdict.outcome) == name_of(truth.truth.outcome));
  if (truth.truth.outcome == Outcome::ad_only) return;
  for (const RemovedKind kind :
       {RemovedKind::ad, RemovedKind::signature, RemovedKind::boilerplate}) {
    CHECK(removed_words(record, kind) == true_words(truth, kind));
  }
}

/// While it lives, no file may grow beyond `bytes`: what a full disk does to a write.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    REQUIRE(getrlimit(RLIMIT_FSIZE, &before_) == 0);
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{.rlim_cur = bytes, .rlim_max = before_.rlim_max};
    REQUIRE(setrlimit(RLIMIT_FSIZE, &limit) == 0);
  }
  ~FullDisk() { setrlimit(RLIMIT_FSIZE, &before_); }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit before_{};
};

}  // namespace

TEST_CASE("every post of the demo is stored once, and judged as its author says", "[line]") {
  CrawledDemo demo;

  const app::RunReport run = demo.crawl().value();

  CHECK_FALSE(run.degraded());
  std::size_t posts = 0;
  for (const demo::Channel& channel : demo.channels) {
    const ChannelName name = ChannelName::parse(channel.name).value();
    for (const demo::DemoPost& truth : channel.posts) {
      INFO(channel.name << "/" << truth.id);
      const auto record = demo.store.find({.channel = name, .message = truth.id});
      REQUIRE(record);
      REQUIRE(*record);
      check_post(truth, **record);
      ++posts;
    }
  }
  CHECK(run.totals().fresh == static_cast<int>(posts));
}

TEST_CASE("what is kept and what is removed is the whole post", "[line]") {
  CrawledDemo demo;
  REQUIRE(demo.crawl());

  REQUIRE(demo.store.for_each({}, [](const Record& record) {
    std::size_t end = 0;
    for (const Removed& part : record.verdict.removed) {
      CHECK(part.span.begin >= end);
      CHECK_FALSE(part.span.empty());
      end = part.span.end;
    }
    CHECK(end <= record.post.text.size());
    return true;
  }));
}

TEST_CASE("a second night brings nothing new and asks for one page a channel", "[line]") {
  CrawledDemo demo;
  REQUIRE(demo.crawl());

  const app::RunReport again = demo.crawl().value();

  CHECK(again.totals().fresh == 0);
  CHECK(again.totals().edited == 0);
  CHECK_FALSE(again.degraded());
  // One page each; the channel without a preview takes its landing page besides.
  CHECK(again.totals().requests == static_cast<int>(demo.channels.size()) + 1);
}

TEST_CASE("a run on a full disk ends as a storage failure and goes on after space returns",
          "[line]") {
  CrawledDemo demo;
  std::optional<Error> error;
  {
    const FullDisk full(400'000);
    const auto run = demo.crawl();
    if (!run) error = run.error();
  }
  REQUIRE(error);
  CHECK(error->code == Errc::storage);
  INFO(error->message);
  CHECK(error->message.find(demo.folder.path().string()) != std::string::npos);

  REQUIRE(demo.crawl());

  for (const demo::Channel& channel : demo.channels) {
    std::size_t stored = 0;
    REQUIRE(demo.store.for_each({.channels = {ChannelName::parse(channel.name).value()}},
                                [&](const Record&) { return ++stored > 0; }));
    INFO(channel.name);
    CHECK(stored == channel.posts.size());
  }
}
