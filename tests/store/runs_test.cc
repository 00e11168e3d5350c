#include "store/pages.h"
#include "support/files.h"

using namespace qanat;
using namespace qanat::test;
using store::Store;

TEST_CASE("runs are numbered and keep their totals, the latest first", "[runs]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  const store::RunTotals totals{.planned = 10,
                                .fetched = 1,
                                .unchanged = 2,
                                .failed = 3,
                                .deferred = 4,
                                .pages = 5,
                                .requests = 6,
                                .fresh = 7,
                                .edited = 8,
                                .deleted = 9,
                                .restored = 10,
                                .gaps = 11};

  const std::int64_t first = must(store.begin_run(kMonday));
  must(store.end_run(first, kMonday + std::chrono::hours{1}, totals, true));
  const std::int64_t second = must(store.begin_run(kTuesday));

  const auto runs = must(store.runs(0));
  REQUIRE(runs.size() == 2);
  CHECK(runs[0].id == second);
  CHECK(runs[1].id == first);
  CHECK(runs[1].started_at == kMonday);
  CHECK(runs[1].ended_at == kMonday + std::chrono::hours{1});
  CHECK(runs[1].degraded);
  CHECK(runs[1].totals == totals);
  CHECK(must(store.runs(1)).size() == 1);
  CHECK(must(store.run(first))->totals == totals);
  CHECK_FALSE(must(store.run(99)));
}

TEST_CASE("a run that was killed has no end, and the sums of its finished visits", "[runs]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  std::int64_t run = 0;
  {
    Store store = new_store(path);
    run = must(store.begin_run(kMonday));
    must(store.keep_totals(run, {.planned = 2, .fetched = 1, .failed = 1}));
  }

  Store store = must(Store::open(path, store::Access::read_only));

  const auto row = must(store.run(run));
  REQUIRE(row);
  CHECK_FALSE(row->ended_at);
  CHECK(row->totals == store::RunTotals{.planned = 2, .fetched = 1, .failed = 1});
}

TEST_CASE("a run that was killed counts the pages that were kept since its last finished visit",
          "[runs]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  const std::int64_t run = must(store.begin_run(kMonday));
  must(store.keep_totals(run, {.planned = 1, .fetched = 1, .pages = 1, .fresh = 5}));

  store::PageCommit commit = page("some_channel", {judged("some_channel", 1, "текст")});
  commit.run = run;
  must(store.keep_page(commit, kMonday));

  CHECK(must(store.run(run))->totals ==
        store::RunTotals{.planned = 1, .fetched = 1, .pages = 2, .fresh = 6});
}

TEST_CASE("a run's failures and deferrals are counted by their cause", "[runs]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  must(store.add_channel(channel("other_channel"), kMonday));
  const std::int64_t run = must(store.begin_run(kMonday));
  const auto fail_by = [&](const char* name, const char* cause, std::int64_t in_run) {
    must(store.keep_failure({.channel = channel(name),
                             .cause = cause,
                             .error = std::string(name) + ": " + cause,
                             .next_due_at = kTuesday,
                             .run = in_run},
                            kMonday));
  };

  fail_by("some_channel", "network", run);
  fail_by("other_channel", "http", run);
  fail_by("some_channel", "network", run);
  fail_by("some_channel", "markup", 0);  // outside a run
  must(store.keep_deferral(run, "host pause", 40));
  must(store.keep_deferral(run, "host pause", 2));
  must(store.keep_deferral(run, "run budget", 1));

  const auto troubles = must(store.troubles(run));
  CHECK(troubles.failed == std::map<std::string, std::int64_t>{{"http", 1}, {"network", 2}});
  CHECK(troubles.deferred ==
        std::map<std::string, std::int64_t>{{"host pause", 42}, {"run budget", 1}});
  REQUIRE(troubles.failures.size() == 3);
  CHECK(troubles.failures[1].channel == channel("other_channel"));
  CHECK(troubles.failures[1].error == "other_channel: http");
  CHECK(troubles.failures[1].at == kMonday);
}

TEST_CASE("a run tells which channels it lost and which posts it left unread", "[runs]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  must(store.add_channel(channel("back_again"), kMonday));
  const std::int64_t run = must(store.begin_run(kMonday));
  const auto keep = [&](const char* name, store::ChannelState state, Instant at) {
    must(store.keep_page({.channel = channel(name),
                          .run = run,
                          .provenance = {.host = "t.me"},
                          .state = state,
                          .gap = store::Gap{.low = 3, .high = 9, .cause = "page budget"}},
                         at));
  };
  keep("some_channel", store::ChannelState::gone, kMonday + std::chrono::minutes{1});
  keep("back_again", store::ChannelState::gone, kMonday + std::chrono::minutes{2});
  must(store.end_run(run, kMonday + std::chrono::hours{1}, {}, true));
  must(store.keep_page({.channel = channel("back_again"),
                        .provenance = {.host = "t.me"},
                        .filled = store::Gap{.low = 3, .high = 9, .cause = "page budget"}},
                       kTuesday));

  const auto troubles = must(store.troubles(run));

  REQUIRE(troubles.losses.size() == 1);
  CHECK(troubles.losses[0].channel == channel("some_channel"));
  CHECK(troubles.losses[0].state == store::ChannelState::gone);
  REQUIRE(troubles.unread.size() == 1);
  CHECK(troubles.unread[0].channel == channel("some_channel"));
  CHECK(troubles.unread[0].gap.high == 9);
}

TEST_CASE("a killed run has lost no channel that the next run lost", "[runs]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  must(store.add_channel(channel("other_channel"), kMonday));
  const auto lose = [&](const char* name, std::int64_t run, Instant at) {
    must(store.keep_page({.channel = channel(name),
                          .run = run,
                          .provenance = {.host = "t.me"},
                          .state = store::ChannelState::gone},
                         at));
  };
  const std::int64_t killed = must(store.begin_run(kMonday));
  lose("some_channel", killed, kMonday + std::chrono::seconds{1});
  const std::int64_t next = must(store.begin_run(kTuesday));
  lose("other_channel", next, kTuesday);
  must(store.end_run(next, kTuesday + std::chrono::seconds{3}, {}, true));

  const auto of_killed = must(store.troubles(killed)).losses;
  const auto of_next = must(store.troubles(next)).losses;

  REQUIRE(of_killed.size() == 1);
  CHECK(of_killed[0].channel == channel("some_channel"));
  REQUIRE(of_next.size() == 1);
  CHECK(of_next[0].channel == channel("other_channel"));
}
