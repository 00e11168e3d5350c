#include "store/pages.h"
#include "support/files.h"

using namespace qanat;
using namespace qanat::test;
using store::Store;

namespace {

std::vector<std::string> names(const std::vector<ChannelName>& channels) {
  std::vector<std::string> out;
  for (const ChannelName& name : channels) out.push_back(name.str());
  return out;
}

/// A failed visit on Monday, after which the channel is due at `next`.
void fail_visit(Store& store, const std::string& name, Instant next) {
  must(store.keep_failure(
      {.channel = channel(name), .cause = "network", .error = "no answer", .next_due_at = next},
      kMonday));
}

}  // namespace

TEST_CASE("a seed is added once, removed once, and comes back with its posts", "[channels]") {
  const TemporaryFolder folder;
  Store store = must(Store::create(folder.file("q.db")));
  const ChannelName name = channel("some_channel");

  CHECK(must(store.add_channel(name, kMonday)));
  CHECK_FALSE(must(store.add_channel(name, kTuesday)));
  must(store.keep_page(page("some_channel", {judged("some_channel", 1, "текст")}), kMonday));

  CHECK(must(store.remove_channel(name)));
  CHECK_FALSE(must(store.remove_channel(name)));
  CHECK(must(store.channels()).empty());
  CHECK_FALSE(must(store.channel(name)));
  CHECK(selected(store, {}).size() == 1);

  CHECK(must(store.add_channel(name, kTuesday)));
  REQUIRE(must(store.channel(name)));
  CHECK(must(store.channel(name))->posts == 1);
}

TEST_CASE("channels are due when their time has come, the longest waiting first", "[channels]") {
  using namespace std::chrono_literals;
  const TemporaryFolder folder;
  Store store = must(Store::create(folder.file("q.db")));
  for (const char* name : {"later", "first", "second", "removed", "unvisited"}) {
    must(store.add_channel(channel(name), kMonday - 1h));
  }
  fail_visit(store, "later", kTuesday);
  fail_visit(store, "second", kMonday - 2h);
  fail_visit(store, "first", kMonday - 3h);
  must(store.remove_channel(channel("removed")));

  CHECK(names(must(store.due(kMonday))) ==
        std::vector<std::string>{"first", "second", "unvisited"});
  CHECK(must(store.due(kTuesday)).size() == 4);
}

TEST_CASE("a failed visit is remembered in words until a visit succeeds", "[channels]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  const ChannelName name = channel("some_channel");
  store::PageCommit settled = page("some_channel", {});
  settled.settled = 40;
  must(store.keep_page(settled, kMonday));

  const store::FailedVisit failed{.channel = name,
                                  .cause = "network",
                                  .error = "t.me: connection reset",
                                  .next_due_at = kTuesday};
  must(store.keep_failure(failed, kTuesday));
  must(store.keep_failure(failed, kTuesday));

  auto row = must(store.channel(name));
  REQUIRE(row);
  CHECK(row->last_error == "t.me: connection reset");
  CHECK(row->last_visit_at == kTuesday);
  CHECK(row->last_success_at == kMonday);
  CHECK(row->settled == 40);
  CHECK(row->failures == 2);
  must(store.keep_page(page("some_channel", {}), kTuesday));  // more pages are to come
  CHECK(must(store.channel(name))->failures == 2);
  must(store.keep_page(settled, kTuesday));
  row = must(store.channel(name));
  CHECK(row->last_error.empty());
  CHECK(row->failures == 0);
  store::FailedVisit stranger = failed;
  stranger.channel = channel("stranger");
  CHECK(error_of(store.keep_failure(stranger, kMonday)).code == Errc::usage);
}

TEST_CASE("a state is known since it was first found, whatever finds it again", "[channels]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  const ChannelName name = channel("some_channel");
  store::PageCommit gone = page("some_channel", {});
  gone.state = store::ChannelState::gone;

  must(store.keep_page(gone, kMonday));
  must(store.keep_page(gone, kTuesday));
  fail_visit(store, "some_channel", kTuesday);

  CHECK(must(store.channel(name))->state_since == kMonday);
  must(store.keep_failure({.channel = name,
                           .cause = "http",
                           .error = "403",
                           .next_due_at = kTuesday,
                           .state = store::ChannelState::blocked},
                          kTuesday));
  CHECK(must(store.channel(name))->state == store::ChannelState::blocked);
  CHECK(must(store.channel(name))->state_since == kTuesday);
}

TEST_CASE("the next channel to visit is the one that is due first, a new one before all",
          "[channels]") {
  const TemporaryFolder folder;
  Store store = must(Store::create(folder.file("q.db")));
  for (const char* name : {"later", "sooner", "removed"}) {
    must(store.add_channel(channel(name), kMonday));
  }
  fail_visit(store, "later", kTuesday);
  fail_visit(store, "sooner", kMonday);
  fail_visit(store, "removed", kMonday);
  must(store.remove_channel(channel("removed")));

  CHECK_FALSE(must(store.next_due(kMonday)));
  const auto first = must(store.next_due(kTuesday));
  REQUIRE(first);
  CHECK(first->channel == channel("sooner"));
  CHECK(first->at == kMonday);
  CHECK(must(store.count_due(kTuesday)) == 1);

  must(store.add_channel(channel("unvisited"), kTuesday));
  CHECK(must(store.next_due(kTuesday))->channel == channel("unvisited"));
  CHECK_FALSE(must(store.next_due(kTuesday))->at);
  CHECK(must(store.count_due(kTuesday)) == 2);
}

TEST_CASE("a channel without a preview says so", "[channels]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  for (const auto state : {store::ChannelState::slow,
                           store::ChannelState::no_preview,
                           store::ChannelState::restricted,
                           store::ChannelState::gone}) {
    store::PageCommit commit = page("some_channel", {});
    commit.state = state;

    must(store.keep_page(commit, kMonday));

    CHECK(must(store.channels()).at(0).state == state);
  }
}

TEST_CASE("the host gate's memory survives a restart", "[channels]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  {
    Store store = new_store(path);
    CHECK_FALSE(must(store.gate()));
    must(store.keep_gate({.next_at_ms = 1, .rate = 1.0}));
    must(store.keep_gate({.next_at_ms = 1784512800123, .rate = 0.25, .breaker_trips = 2}));
  }

  Store store = must(Store::open(path, store::Access::read_only));

  const auto gate = must(store.gate());
  REQUIRE(gate);
  CHECK(gate->next_at_ms == 1784512800123);
  CHECK(gate->rate == 0.25);
  CHECK(gate->breaker_trips == 2);
}

TEST_CASE("a host's robots.txt is kept until it is read again, byte by byte", "[channels]") {
  const TemporaryFolder folder;
  Store store = must(Store::create(folder.file("q.db")));
  const std::string bytes("\xFF\0Disallow: /", 13);

  CHECK_FALSE(must(store.robots("https://t.me")));
  must(store.keep_robots("https://t.me", {.fetched_at = kMonday, .status = 404, .body = ""}));
  must(store.keep_robots("https://t.me", {.fetched_at = kMonday, .status = 200, .body = bytes}));

  const auto robots = must(store.robots("https://t.me"));
  REQUIRE(robots);
  CHECK(robots->status == 200);
  CHECK(robots->fetched_at == kMonday);
  CHECK(robots->body == bytes);
  CHECK_FALSE(must(store.robots("https://telegram.me")));
}

TEST_CASE("of a page's versions the latest that its host named is kept", "[channels]") {
  const TemporaryFolder folder;
  Store store = must(Store::create(folder.file("q.db")));
  const std::string url = "https://t.me/s/some_channel";

  CHECK_FALSE(must(store.page_version(url)));
  must(
      store.keep_page_version(url, {.etag = "\"1\"", .last_modified = "", .snapshot = "sha256:1"}));
  must(store.keep_page_version(url,
                               {.etag = "\"2\"", .last_modified = "m", .snapshot = "sha256:2"}));

  const auto version = must(store.page_version(url));
  REQUIRE(version);
  CHECK(version->etag == "\"2\"");
  CHECK(version->last_modified == "m");
  CHECK(version->snapshot == "sha256:2");
}

TEST_CASE("a channel waits no longer than the ceiling, whatever it was", "[channels]") {
  using std::chrono::days;
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  const auto keep = [&](const char* name, store::ChannelState state, Instant at, Instant due) {
    must(store.add_channel(channel(name), kMonday));
    must(store.keep_page({.channel = channel(name),
                          .provenance = {.host = "t.me"},
                          .state = state,
                          .next_due_at = due},
                         at));
  };
  using enum store::ChannelState;
  const Instant now = kMonday + days{1};
  keep("soon_enough", live, kMonday, kMonday + days{2} + std::chrono::hours{5});
  keep("too_late", live, kMonday, kMonday + days{6});
  keep("overdue", slow, kMonday - days{4}, kMonday + days{5});
  keep("wrong_clock", live, kMonday + days{4000}, kMonday + days{4006});
  keep("gone_for_long", gone, kMonday, kMonday + days{30});
  keep("gone_for_years", gone, kMonday, kMonday + days{4000});

  CHECK(must(store.bring_forward(days{2}, now)) == 4);

  const auto due = [&](const char* name) {
    return must(store.channel(channel(name)))->next_due_at.value();
  };
  CHECK(due("soon_enough") == kMonday + days{2} + std::chrono::hours{5});
  CHECK(due("too_late") == kMonday + days{2});
  CHECK(due("overdue") == now);
  CHECK(due("wrong_clock") == now);
  CHECK(due("gone_for_long") == kMonday + days{30});
  CHECK(due("gone_for_years") == now);
  CHECK(must(store.bring_forward(days{2}, now)) == 0);
}

TEST_CASE("a channel waits since it was due, or since it was added", "[channels]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));  // follows a channel since Monday

  CHECK_FALSE(must(store.waits_since(kMonday)));
  CHECK(must(store.waits_since(kMonday + std::chrono::seconds{1})));

  must(store.keep_page(
      {.channel = channel("some_channel"), .provenance = {.host = "t.me"}, .next_due_at = kTuesday},
      kMonday));
  CHECK_FALSE(must(store.waits_since(kTuesday)));
  CHECK(must(store.waits_since(kTuesday + std::chrono::seconds{1})));
}
