#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/crawl_run.h"
#include "app/keeper.h"
#include "app/page_fetcher.h"
#include "crawler/host_gate.h"
#include "fake_telegram.h"
#include "small_pack.h"
#include "store/snapshot_archive.h"
#include "store/store.h"
#include "support/catch.h"
#include "support/fake_clock.h"
#include "support/files.h"

namespace qanat::test {

/// Everything a run needs: a real store in a folder of its own, a made-up Telegram, a fake clock.
struct CrawlWorld {
  TemporaryFolder folder;
  FakeClock clock;
  FakeTelegram telegram;
  store::Store store = store::Store::create(folder.file("qanat.db")).value();
  store::SnapshotArchive archive =
      store::SnapshotArchive::open(folder.file("archive"), folder.file("qanat.db")).value();
  crawler::HostGate gate{{}, {}, clock.now_ms()};
  crawler::CircuitBreaker breaker{0, 1};
  app::PoliteClient client{{telegram, gate, breaker, clock, store}};
  std::optional<app::PageFetcher> fetching{
      std::in_place, client, clock, store, archive, fetch_options(false)};
  bool robots_ignored = false;
  app::StoreKeeper keeper{archive, store};
  app::DryKeeper dry_keeper{store};
  classifier::Classifier classifier{classifier::RuleSet::compile(small_pack()).value()};

  bool backfill = false;
  std::chrono::seconds recheck{};
  app::RunBudget budget;
  std::int64_t max_unknown_markup = 10;
  std::function<void(const app::ChannelOutcome&)> on_visited = [](const app::ChannelOutcome&) {};

  app::PageFetcher& fetcher() { return *fetching; }

  void ignore_robots() {
    robots_ignored = true;
    fetching.emplace(client, clock, store, archive, fetch_options(true));
  }

  static app::PageFetcher::Options fetch_options(bool ignore_robots) {
    return {.hosts = {"https://t.me", "https://telegram.me"}, .ignore_robots = ignore_robots};
  }

  ChannelName follow(const std::string& name) {
    const ChannelName channel = ChannelName::parse(name).value();
    REQUIRE(store.add_channel(channel, clock.now()));
    return channel;
  }

  Result<app::RunReport> crawl(std::vector<ChannelName> channels,
                               int max_pages = 50,
                               bool dry_run = false) {
    app::Keeper& chosen = dry_run ? static_cast<app::Keeper&>(dry_keeper) : keeper;
    app::World world{fetcher(), chosen, clock, classifier};
    return app::crawl(world,
                      store,
                      {.channels = std::move(channels),
                       .settings = {.max_pages = max_pages, .recheck = recheck, .schedule = {}},
                       .budget = budget,
                       .max_unknown_markup = max_unknown_markup,
                       .robots_ignored = robots_ignored,
                       .backfill = backfill,
                       .dry_run = dry_run,
                       .on_visited = on_visited},
                      [](const app::CrawlProgress&) {});
  }

  /// Ids of the stored posts of a channel, ascending.
  std::vector<MessageId> stored(const ChannelName& channel) {
    std::vector<MessageId> ids;
    REQUIRE(store.for_each({.channels = {channel}}, [&](const Record& record) {
      ids.push_back(record.post.id.message);
      return true;
    }));
    return ids;
  }
};

/// Posts 1…last, "post N".
[[nodiscard]] inline std::map<std::int64_t, std::string> posts(std::int64_t last) {
  std::map<std::int64_t, std::string> out;
  for (std::int64_t id = 1; id <= last; ++id) out[id] = "post " + std::to_string(id);
  return out;
}

/// 1…last.
[[nodiscard]] inline std::vector<MessageId> ids(MessageId last) {
  std::vector<MessageId> out;
  for (MessageId id = 1; id <= last; ++id) out.push_back(id);
  return out;
}

}  // namespace qanat::test
