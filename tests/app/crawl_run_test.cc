#include "app/crawl_run.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <sstream>

#include "app/crawl_report.h"
#include "crawl_world.h"
#include "held_database.h"

using namespace qanat;
using Catch::Matchers::Contains;
using Catch::Matchers::EndsWith;
using namespace std::chrono_literals;

TEST_CASE("a first run stores every post of the channel once", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(12);

  const auto run = world.crawl({room});

  REQUIRE(run);
  CHECK(world.stored(room) == test::ids(12));
  CHECK(run->totals().fresh == 12);
  CHECK_FALSE(run->degraded());
}

TEST_CASE("a second run asks for one page and says that nothing is new", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(12);
  REQUIRE(world.crawl({room}));
  world.telegram.asked.clear();

  const auto run = world.crawl({room});

  REQUIRE(run);
  CHECK(run->totals().fresh == 0);
  CHECK(run->totals().edited == 0);
  CHECK(world.telegram.asked == std::vector<std::string>{"https://t.me/s/open_room"});
}

TEST_CASE("posts between a visit that died and the next one are not lost", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(5);
  REQUIRE(world.crawl({room}));
  world.telegram.channels["open_room"] = test::posts(20);
  const Result<crawler::Answer> dead = fail(Errc::network, "connection reset");
  // The newest page comes; then the network is gone for good.
  world.telegram.instead = {std::nullopt, dead, dead, dead};
  const auto died = world.crawl({room});
  REQUIRE(died);
  CHECK(died->totals().failed == 1);
  CHECK(world.stored(room).size() == 10);

  const auto run = world.crawl({room});

  REQUIRE(run);
  CHECK(world.stored(room) == test::ids(20));
  CHECK(run->totals().gaps == 0);
}

TEST_CASE("what a page budget leaves unread is a gap, not silence", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(20);

  const auto run = world.crawl({room}, 2);

  REQUIRE(run);
  const auto gaps = world.store.gaps(room);
  REQUIRE(gaps);
  REQUIRE(gaps->size() == 1);
  CHECK(gaps->front().low == 1);
  CHECK(gaps->front().high == 10);
  CHECK_FALSE(run->degraded());
}

TEST_CASE("an edited post gets a revision", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(3);
  REQUIRE(world.crawl({room}));
  world.telegram.channels["open_room"][2] = "post 2, corrected";

  const auto run = world.crawl({room});

  REQUIRE(run);
  CHECK(run->totals().edited == 1);
  const auto record = world.store.find({.channel = room, .message = 2});
  REQUIRE(record);
  REQUIRE(*record);
  CHECK((*record)->revision == 2);
  CHECK((*record)->post.text == "post 2, corrected");
}

TEST_CASE("a record leads back to the fetched bytes", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(3);
  REQUIRE(world.crawl({room}));

  const auto record = world.store.find({.channel = room, .message = 3});

  REQUIRE(record);
  REQUIRE(*record);
  const auto body = world.archive.body((*record)->provenance.snapshot);
  REQUIRE(body);
  REQUIRE(*body);
  CHECK((*body)->find("data-post=\"open_room/3\"") != std::string::npos);
  CHECK((*record)->provenance.host == "t.me");
}

TEST_CASE("a channel without a preview is a state", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("closed_room");

  const auto run = world.crawl({room});

  REQUIRE(run);
  CHECK_FALSE(run->degraded());
  CHECK(world.store.channel(room).value()->state == store::ChannelState::no_preview);
}

TEST_CASE("a channel that loses its preview is restricted and keeps its posts", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("closed_room");
  world.telegram.channels["closed_room"] = test::posts(3);
  REQUIRE(world.crawl({room}));
  world.telegram.channels.clear();

  const auto run = world.crawl({room});

  REQUIRE(run);
  CHECK_FALSE(run->degraded());
  CHECK(run->totals().fetched == 1);  // another state is news
  CHECK(world.store.channel(room).value()->state == store::ChannelState::restricted);
  CHECK(world.stored(room) == test::ids(3));
}

TEST_CASE("a person who has the name now says nothing of the channel that had it", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(3);
  REQUIRE(world.crawl({room}));
  crawler::Answer away = test::answer(302);
  away.location = "https://t.me/open_room";
  crawler::Answer person = test::answer(200);
  person.body = test::landing_body();
  const std::string channel_only = "1 204 subscribers";
  person.body.replace(person.body.find(channel_only), channel_only.size(), "@open_room");
  world.telegram.instead = {away, person};

  REQUIRE(world.crawl({room}));

  const auto row = world.store.channel(room).value().value();
  CHECK(row.state == store::ChannelState::no_preview);
  CHECK(row.title == "Room");
}

TEST_CASE("a channel that is refused visit after visit is blocked, and is still asked", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  for (int visit = 1; visit <= 5; ++visit) {
    CHECK(world.store.channel(room).value()->state == store::ChannelState::fresh);
    world.telegram.instead = {test::answer(403)};
    REQUIRE(world.crawl({room}));
  }

  const auto row = world.store.channel(room).value().value();
  CHECK(row.state == store::ChannelState::blocked);
  CHECK(row.failures == 5);
  CHECK(row.next_due_at > world.clock.now());
  world.telegram.channels["open_room"] = test::posts(3);
  REQUIRE(world.crawl({room}));
  CHECK(world.store.channel(room).value()->state == store::ChannelState::live);
}

TEST_CASE("an outage of the host is not its channels' state", "[crawl]") {
  for (const int status : {502, 429}) {
    CAPTURE(status);
    test::CrawlWorld world;
    const ChannelName room = world.follow("open_room");
    world.telegram.channels["open_room"] = test::posts(3);
    for (int visit = 1; visit <= 6; ++visit) {
      world.telegram.instead.assign(app::PageFetcher::kAttempts, test::answer(status));
      const auto run = world.crawl({room});
      REQUIRE(run);
      CHECK(run->channels.front().cause == "host trouble");
      world.client.try_anew();
    }

    const auto row = world.store.channel(room).value().value();
    CHECK(row.state == store::ChannelState::fresh);
    CHECK(row.failures == 6);
    CHECK(row.next_due_at < world.clock.now() + std::chrono::days{2});
  }
}

TEST_CASE("a channel whose older page fails visit after visit backs off, and is blocked",
          "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(20);
  for (int visit = 1; visit <= 5; ++visit) {
    world.telegram.instead = {std::nullopt, test::answer(404)};
    REQUIRE(world.crawl({room}));
    CHECK(world.store.channel(room).value()->failures == visit);
  }

  const auto row = world.store.channel(room).value().value();
  CHECK(row.state == store::ChannelState::blocked);
  CHECK(row.last_success_at == std::nullopt);
  CHECK(world.stored(room).size() == 5);
  world.clock.advance(24h);
  world.telegram.instead = {std::nullopt, test::answer(404)};
  REQUIRE(world.crawl({room}));
  CHECK(world.store.channel(room).value()->state_since == row.state_since);
  REQUIRE(world.crawl({room}));
  CHECK(world.store.channel(room).value()->failures == 0);
  CHECK(world.store.channel(room).value()->state == store::ChannelState::live);
}

TEST_CASE("a page that was cut short is refused, and archived all the same", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  crawler::Answer cut = test::answer(200);
  cut.body = "<!DOCTYPE html><html><body class=\"widget_frame_base\"><main class=\"tgme_main\" ";
  world.telegram.channels["open_room"] = test::posts(3);
  world.telegram.instead = {cut};

  const auto run = world.crawl({room});

  REQUIRE(run);
  REQUIRE(run->channels.front().error);
  CHECK(run->channels.front().error->code == Errc::markup);
  CHECK(world.stored(room).empty());
  CHECK(run->degraded());
}

TEST_CASE("a failing channel does not stop the others, and its reason is kept", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName bad = world.follow("bad_room");
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(3);
  world.telegram.instead = {test::answer(404)};

  const auto run = world.crawl({bad, room});

  REQUIRE(run);
  const store::RunTotals totals = run->totals();
  CHECK(totals.planned == 2);
  CHECK(totals.fetched == 1);
  CHECK(totals.failed == 1);
  const auto row = world.store.channel(bad);
  REQUIRE(row);
  CHECK((*row)->last_error.find("answered 404") != std::string::npos);
}

TEST_CASE("a long pause that the host demands defers the rest of the run", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName first = world.follow("open_room");
  const ChannelName second = world.follow("other_room");
  crawler::Answer refused = test::answer(429);
  refused.retry_after = 1h;
  world.telegram.instead = {refused};

  const auto run = world.crawl({first, second});

  REQUIRE(run);
  CHECK(world.telegram.asked.size() == 1);
  CHECK(run->totals().failed == 0);
  CHECK(run->totals().deferred == 2);
  CHECK(run->degraded());
  CHECK(world.store.channel(second).value()->failures == 0);
  CHECK(world.store.due(world.clock.now()).value().size() == 2);
  CHECK(world.store.troubles(run->run).value().deferred ==
        std::map<std::string, std::int64_t>{{app::kHostPause, 2}});
}

TEST_CASE("a channel whose page brings pause upon pause keeps no other one from being visited",
          "[crawl]") {
  test::CrawlWorld world;
  const ChannelName culprit = world.follow("a_culprit");
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(3);
  crawler::Answer refused = test::answer(429);
  refused.retry_after = 1h;
  const auto crawl_due = [&] { return world.crawl(world.store.due(world.clock.now()).value()); };
  world.telegram.instead = {refused};
  REQUIRE(crawl_due().value().totals().deferred == 2);
  const auto row = world.store.channel(culprit).value().value();
  CHECK_THAT(row.last_error, Contains("asked for a pause"));
  CHECK(row.next_due_at == world.clock.now());
  world.clock.advance(1h);

  world.telegram.instead = {std::nullopt, refused};
  const auto second = crawl_due();

  REQUIRE(second);
  CHECK(world.stored(room) == test::ids(3));
  CHECK(second->totals().fetched == 1);
  CHECK(second->totals().failed == 1);
  CHECK(world.store.channel(culprit).value()->next_due_at > world.clock.now());
  CHECK(world.store.troubles(second->run).value().failed ==
        std::map<std::string, std::int64_t>{{app::kHostPause, 1}});
}

TEST_CASE("a walk that a pause cuts visit after visit goes on below what it has read", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(40);
  crawler::Answer refused = test::answer(429);
  refused.retry_after = 1h;
  for (int visit = 1; visit <= 4; ++visit) {
    world.telegram.instead = {std::nullopt, std::nullopt, std::nullopt, refused};

    REQUIRE(world.crawl({room}));

    CHECK(world.store.channel(room).value()->settled == 40);
    world.clock.advance(1h);
  }

  CHECK(world.stored(room) == test::ids(40));
  CHECK(world.store.gaps(room).value().empty());
}

TEST_CASE("a channel that a pause in force kept from being asked is due as before", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.gate.stop_for(world.clock.now_ms(), 1h);

  REQUIRE(world.crawl({room}).value().totals().deferred == 1);

  const auto row = world.store.channel(room).value().value();
  CHECK(row.next_due_at == std::nullopt);
  CHECK(row.failures == 0);
}

TEST_CASE(
    "planned visits are fetched, unchanged, failed or deferred, each by its cause, and sum up",
    "[crawl]") {
  test::CrawlWorld world;
  std::vector<ChannelName> rooms;
  for (const char* name : {"news_room", "still_room", "shut_room", "lost_room", "late_room"}) {
    rooms.push_back(world.follow(name));
    world.telegram.channels[name] = test::posts(3);
  }
  REQUIRE(world.crawl(rooms));
  world.telegram.channels["news_room"] = test::posts(4);
  const Result<crawler::Answer> dead = fail(Errc::network, "connection reset");
  world.telegram.instead = {std::nullopt, std::nullopt, test::answer(404), dead, dead, dead};
  world.budget.requests = 6;

  const auto run = world.crawl(rooms);

  REQUIRE(run);
  const store::RunTotals expected{.planned = 5,
                                  .fetched = 1,
                                  .unchanged = 1,
                                  .failed = 2,
                                  .deferred = 1,
                                  .pages = 2,
                                  .requests = 7,  // one for the second host's robots.txt
                                  .fresh = 1};
  CHECK(run->totals() == expected);
  const auto row = world.store.run(run->run).value().value();
  CHECK(row.totals == expected);
  CHECK(row.degraded);
  CHECK(row.ended_at == run->ended_at);
  const auto troubles = world.store.troubles(run->run).value();
  CHECK(troubles.failed == std::map<std::string, std::int64_t>{{"http", 1}, {"network", 1}});
  CHECK(troubles.deferred == std::map<std::string, std::int64_t>{{app::kBudgetSpent, 1}});
  CHECK(troubles.failures.size() == 2);
}

TEST_CASE("a run ends when its time is spent, and says so of what is left", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName first = world.follow("open_room");
  const ChannelName second = world.follow("other_room");
  world.telegram.channels["open_room"] = test::posts(50);
  world.budget.time = 5s;

  const auto run = world.crawl({first, second});

  REQUIRE(run);
  CHECK(run->totals().fetched == 1);
  CHECK(run->totals().deferred == 1);
  CHECK_THAT(run->channels.back().error.value().message, Contains("the budget of 5s is spent"));
}

TEST_CASE("posts that a failed visit kept before it failed count", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(20);
  const Result<crawler::Answer> dead = fail(Errc::network, "connection reset");
  world.telegram.instead = {std::nullopt, dead, dead, dead};

  const auto run = world.crawl({room});

  REQUIRE(run);
  CHECK(run->totals().failed == 1);
  CHECK(run->totals().fresh == 5);
  CHECK(world.stored(room).size() == 5);
}

TEST_CASE("an edit further back than the newest page is found within the recheck window",
          "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(20);
  REQUIRE(world.crawl({room}));
  world.telegram.channels["open_room"][2] = "post 2, corrected";

  CHECK(world.crawl({room}).value().totals().edited == 0);
  world.recheck = std::chrono::days{5};
  const auto run = world.crawl({room});

  REQUIRE(run);
  CHECK(run->totals().edited == 1);
  CHECK(run->totals().gaps == 0);
}

TEST_CASE("a page that cannot be read again fails no visit that has all new posts", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(20);
  REQUIRE(world.crawl({room}, 2));
  REQUIRE(world.store.gaps(room).value().size() == 1);
  world.telegram.channels["open_room"][21] = "post 21";
  world.recheck = std::chrono::days{5};
  world.backfill = true;
  world.telegram.instead = {std::nullopt, test::answer(404)};

  const auto run = world.crawl({room});

  REQUIRE(run);
  CHECK(run->totals().fetched == 1);
  CHECK_FALSE(run->degraded());
  CHECK_THAT(run->channels.front().report.value().recheck_error, Contains("answered 404"));
  CHECK(world.store.channel(room).value()->settled == 21);
  CHECK(world.store.gaps(room).value().empty());
  CHECK(world.stored(room) == test::ids(21));
}

TEST_CASE("a post that two visits miss is deleted, stays in the store, and may come back",
          "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(4);
  REQUIRE(world.crawl({room}));
  world.telegram.channels["open_room"].erase(3);

  const Instant missed_at = world.clock.now();
  CHECK(world.crawl({room}).value().totals().deleted == 0);
  world.clock.advance(1h);
  CHECK(world.crawl({room}).value().totals().deleted == 1);

  const auto record = world.store.find({.channel = room, .message = 3}).value().value();
  CHECK(record.deleted_at >= missed_at);
  CHECK(record.deleted_at < missed_at + 1min);
  CHECK(record::record_json(record)["deleted_at"] == format_instant(*record.deleted_at));
  world.telegram.channels["open_room"][3] = "post 3";
  CHECK(world.crawl({room}).value().totals().restored == 1);
}

TEST_CASE("a channel is due again by how much it posts", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  const ChannelName empty = world.follow("empty_room");
  world.telegram.channels["open_room"] = test::posts(5);
  world.telegram.channels["empty_room"] = {};

  REQUIRE(world.crawl({room, empty}));

  const auto busy = world.store.channel(room).value().value();
  const auto idle = world.store.channel(empty).value().value();
  CHECK(busy.state == store::ChannelState::live);
  CHECK(busy.posts_per_day.value() > 1);
  CHECK(idle.state == store::ChannelState::slow);
  CHECK(busy.next_due_at.value() - world.clock.now() <= 108h);
  CHECK(idle.next_due_at.value() - world.clock.now() >= 96h);
  CHECK(idle.next_due_at.value() - world.clock.now() <= app::Schedule{}.ceiling);
}

TEST_CASE("a short pause is waited for and the page asked again", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(3);
  crawler::Answer refused = test::answer(503);
  refused.retry_after = 30s;
  world.telegram.instead = {refused};

  const auto run = world.crawl({room});

  REQUIRE(run);
  CHECK(world.stored(room) == test::ids(3));
  CHECK(world.clock.slept() >= 30s);
}

TEST_CASE("when one host cannot be reached the next one is asked", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(3);
  world.telegram.instead = {Result<crawler::Answer>(fail(Errc::network, "no such host"))};

  const auto run = world.crawl({room});

  REQUIRE(run);
  CHECK(world.stored(room) == test::ids(3));
  CHECK(world.telegram.asked.back() == "https://telegram.me/s/open_room");
}

TEST_CASE("requests leave no faster than the gate's rate", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(50);

  REQUIRE(world.crawl({room}));

  CHECK(world.clock.slept() >= std::chrono::seconds(world.telegram.asked.size() - 1));
}

TEST_CASE("a dry run reports what is new and writes nothing", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(3);

  const auto run = world.crawl({room}, 50, true);

  REQUIRE(run);
  CHECK(run->totals().fresh == 3);
  CHECK(world.stored(room).empty());
  CHECK(std::filesystem::is_empty(world.folder.path() / "archive"));
}

TEST_CASE("a backfill reads a gap, page budget by page budget, to the first post", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(20);
  REQUIRE(world.crawl({room}, 2));
  REQUIRE(world.stored(room).size() == 10);

  world.backfill = true;
  REQUIRE(world.crawl({room}, 2));
  CHECK(world.stored(room).size() == 15);
  REQUIRE(world.crawl({room}, 50));

  CHECK(world.stored(room) == test::ids(20));
  CHECK(world.store.gaps(room).value().empty());
}

namespace {

/// A page of an existing channel that says "No posts found".
crawler::Answer empty_page() {
  test::FakeTelegram empty;
  empty.channels["open_room"] = {};
  return empty.fetch({.url = "https://t.me/s/open_room"}).value();
}

}  // namespace

TEST_CASE("a backfill goes on below a page that it cannot read, and says so", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(20);
  REQUIRE(world.crawl({room}, 2));
  auto bad = world.telegram.fetch({.url = "https://t.me/s/open_room?before=11"}).value();
  const std::string id = "data-post=\"open_room/8\"";
  REQUIRE(bad.body.find(id) != std::string::npos);
  bad.body.replace(bad.body.find(id), id.size(), "data-ref1=\"open_room/8\"");
  world.telegram.instead = {std::nullopt, bad};
  world.backfill = true;

  const auto run = world.crawl({room});

  REQUIRE(run);
  CHECK(run->degraded());
  CHECK(run->totals().failed == 0);
  const auto gaps = world.store.gaps(room).value();
  REQUIRE(gaps.size() == 1);
  CHECK(gaps[0].low == 6);
  CHECK(gaps[0].high == 10);
  CHECK(gaps[0].cause == "markup");
  CHECK(world.stored(room).size() == 15);
  CHECK_FALSE(world.crawl({room}).value().degraded());
  CHECK(world.stored(room) == test::ids(20));
}

TEST_CASE("a backfill that the new posts leave no page for says what it left", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(20);
  REQUIRE(world.crawl({room}, 2));
  world.backfill = true;

  const auto run = world.crawl({room}, 1);

  REQUIRE(run);
  CHECK_FALSE(run->degraded());
  CHECK(run->totals().gaps == 1);
  std::ostringstream text;
  app::print_report(text, {}, *run);
  CHECK_THAT(text.str(),
             Contains("posts 1 to 10 not read (page budget)\n") &&
                 EndsWith("not complete 1 channel with posts that were not read: `qanat crawl "
                          "--backfill` goes on with them, up to --max-pages a channel\n"));
}

TEST_CASE("what the newest posts' walk left is told though a backfill closed another gap",
          "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.links_older = true;
  world.telegram.channels["open_room"] = test::posts(20);
  REQUIRE(world.crawl({room}, 2));
  world.telegram.channels["open_room"] = test::posts(40);
  world.telegram.instead = {std::nullopt, empty_page(), empty_page()};
  world.backfill = true;

  const auto run = world.crawl({room});

  REQUIRE(run);
  CHECK(world.store.gaps(room).value().size() == 1);
  CHECK(run->degraded());
  const auto gap = run->channels.front().report.value().gap;
  REQUIRE(gap);
  CHECK(gap->low == 21);
  CHECK(gap->high == 35);
}

TEST_CASE("a known channel whose page says that there are no posts is restricted, and comes back",
          "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(3);
  REQUIRE(world.crawl({room}));
  world.telegram.channels["open_room"].clear();

  const auto run = world.crawl({room});

  REQUIRE(run);
  CHECK_FALSE(run->degraded());
  const auto cleared = world.store.channel(room).value();
  CHECK(cleared->state == store::ChannelState::restricted);
  CHECK(cleared->settled == 3);
  CHECK(cleared->next_due_at >= world.clock.now() + std::chrono::days{1});
  CHECK(world.stored(room) == test::ids(3));

  world.telegram.channels["open_room"][4] = "a new one";
  REQUIRE(world.crawl({room}));
  CHECK(world.store.channel(room).value()->state == store::ChannelState::live);
  CHECK(world.stored(room) == test::ids(4));
  CHECK(world.store.gaps(room).value().empty());
}

TEST_CASE("a channel that deletes its older posts has no gap, and an earlier one closes",
          "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.links_older = true;
  world.telegram.channels["open_room"] = test::posts(5);
  REQUIRE(world.crawl({room}));
  world.telegram.channels["open_room"].clear();
  for (int id = 11; id <= 15; ++id) world.telegram.channels["open_room"][id] = "later";

  const auto run = world.crawl({room});

  REQUIRE(run);
  CHECK_FALSE(run->degraded());
  CHECK(world.store.gaps(room).value().empty());

  REQUIRE(world.store.keep_page({.channel = room,
                                 .provenance = {.host = "t.me"},
                                 .gap = store::Gap{.low = 6, .high = 10, .cause = "no progress"}},
                                world.clock.now()));
  world.backfill = true;
  REQUIRE(world.crawl({room}));
  CHECK(world.store.gaps(room).value().empty());
}

TEST_CASE("a known channel whose newest page shows no posts and says nothing of it is an alarm",
          "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(3);
  REQUIRE(world.crawl({room}));
  crawler::Answer blank = empty_page();
  const std::string words = R"(<div class="tme_no_messages_found">No posts found</div>)";
  blank.body.erase(blank.body.find(words), words.size());
  world.telegram.instead = {blank};

  const auto run = world.crawl({room});

  REQUIRE(run);
  CHECK(run->degraded());
  CHECK(run->channels.front().error->message.find("has Telegram changed its page") !=
        std::string::npos);
  CHECK(world.store.channel(room).value()->settled == 3);
}

TEST_CASE("posts without dates are an alarm, and stored dates stay", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(3);
  REQUIRE(world.crawl({room}));
  world.telegram.break_dates = true;
  world.telegram.channels["open_room"][3] = "post 3 <tg-clock></tg-clock>";

  const auto run = world.crawl({room});

  REQUIRE(run);
  CHECK(run->degraded());
  REQUIRE(run->channels.front().error);
  const std::string& alarm = run->channels.front().error->message;
  CHECK_THAT(alarm, Contains("none of the page's 3 posts has a date"));
  CHECK_THAT(alarm, Contains("new in it: <tg-clock> (1)"));
  const auto record = world.store.find({.channel = room, .message = 3}).value();
  CHECK(record.value().post.published_at == parse_instant("2026-07-20T10:00:00Z"));
}

TEST_CASE("one post without a date is no alarm", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = {
      {1, "a"}, {2, R"(b</div><a class="tgme_widget_message_date"><time></time></a><div>)"}};

  const auto run = world.crawl({room});

  REQUIRE(run);
  CHECK(run->totals().failed == 0);
  CHECK(world.stored(room) == test::ids(2));
}

TEST_CASE("a channel whose header counts photos and whose page shows no posts is an alarm",
          "[crawl]") {
  const std::string subscribers =
      R"(<div class="tgme_channel_info_counter"><span class="counter_value">5</span> <span class="counter_type">subscribers</span></div>)";
  const std::string photos =
      R"(<div class="tgme_channel_info_counter"><span class="counter_value">3</span> <span class="counter_type">photos</span></div>)";
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = {};

  world.telegram.header = subscribers;
  CHECK_FALSE(world.crawl({room}).value().degraded());
  world.telegram.header = subscribers + photos;
  const auto run = world.crawl({room});

  REQUIRE(run);
  CHECK(run->degraded());
  CHECK_THAT(run->channels.front().error.value().message, Contains("its header counts some"));
}

TEST_CASE("markup that nobody knows degrades a run above the threshold, by name", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.page_size = 20;
  world.telegram.channels["open_room"] = test::posts(20);
  for (std::int64_t id = 1; id <= 2; ++id)
    world.telegram.channels["open_room"][id] = R"(a <i class="tgme_widget_glow"></i>)";

  const auto below = world.crawl({room});
  REQUIRE(below);
  CHECK(below->drift().empty());
  CHECK_FALSE(below->degraded());
  CHECK(below->channels.front().report.value().unknown_markup ==
        app::NameCounts{{"tgme_widget_glow", 2}});

  world.telegram.channels["open_room"][3] = "c <tg-map></tg-map>";
  const auto above = world.crawl({room});
  REQUIRE(above);
  CHECK(above->degraded());
  CHECK_THAT(above->drift(), Contains("3 unknown elements in 20 posts, over 10 per hundred"));
  const auto json = app::run_json(*above);
  CHECK(json["drift"] == above->drift());
  CHECK(json["totals"]["unknown_markup"] ==
        record::Json({{"<tg-map>", 1}, {"tgme_widget_glow", 2}}));
  CHECK(json["channels"][0]["unknown_markup"] == json["totals"]["unknown_markup"]);
  std::ostringstream text;
  app::print_report(text, {}, *above);
  CHECK_THAT(text.str(),
             Contains("3 elements unknown to the parser: tgme_widget_glow (2), <tg-map> (1)"));
  CHECK_THAT(text.str(), Contains("degraded 3 unknown elements in 20 posts"));
}

TEST_CASE("a known run drifts by no post and a threshold of none by one", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.max_unknown_markup = 0;
  world.telegram.channels["open_room"] = test::posts(3);
  CHECK_FALSE(world.crawl({room}).value().degraded());

  world.telegram.channels["open_room"][3] = "<tg-map></tg-map>";
  CHECK(world.crawl({room}).value().degraded());
}

TEST_CASE("fields that cannot be read are named in the report", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = {{1, R"(<a href="javascript:x">a</a>)"}};

  const auto run = world.crawl({room});

  REQUIRE(run);
  CHECK_FALSE(run->degraded());
  CHECK(app::run_json(*run)["totals"]["malformed"] == record::Json({{"link", 1}}));
  std::ostringstream text;
  app::print_report(text, {}, *run);
  CHECK_THAT(text.str(), Contains("1 field could not be read: link (1)"));
}

TEST_CASE("names from a page cannot drive the terminal or fill the report", "[crawl]") {
  app::NameCounts counts;
  for (int page = 0; page < 3; ++page) {
    app::NameCounts more;
    for (int i = 0; i < 90; ++i) more["n" + std::to_string(100 * page + i)] = 1;
    app::add_counts(counts, more);
  }
  CHECK(counts.size() == 101);
  CHECK(app::total(counts) == 270);
  CHECK(app::listed({{"a\x1b[2J", 1}, {"b\nc", 2}, {"d", 1}}, 2) ==
        "b c (2), a\\x1b[2J (1) and 1 more name");
}

TEST_CASE("a walk does not move on over posts that cannot be read", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(3);
  world.telegram.break_ids = true;

  const auto run = world.crawl({room});

  REQUIRE(run);
  CHECK(run->degraded());
  CHECK(world.store.channel(room).value()->settled == std::nullopt);
}

TEST_CASE("a redirect in the middle of a walk says nothing about the channel", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(20);
  crawler::Answer away = test::answer(302);
  away.location = "https://t.me/open_room";
  world.telegram.instead = {std::nullopt, away};

  const auto run = world.crawl({room});

  REQUIRE(run);
  CHECK(run->degraded());
  CHECK(world.store.channel(room).value()->state == store::ChannelState::live);
  REQUIRE(world.crawl({room}));
  CHECK(world.stored(room) == test::ids(20));
}

TEST_CASE("a host that is in trouble is asked more slowly", "[crawl]") {
  test::CrawlWorld world;
  world.gate = crawler::HostGate({.max_rate = 10}, {.rate = 5}, world.clock.now_ms());
  const ChannelName room = world.follow("open_room");
  world.telegram.instead = {test::answer(503)};

  REQUIRE(world.crawl({room}));

  CHECK(world.gate.state().rate < 5);
}

TEST_CASE("who waits for a host is told why", "[crawl]") {
  test::CrawlWorld world;
  world.gate = crawler::HostGate({}, {.rate = 0.1}, world.clock.now_ms());
  const ChannelName room = world.follow("open_room");
  std::vector<std::string> causes;
  world.client.on_pause(
      [&](const app::PoliteClient::Pause& pause) { causes.push_back(pause.because); });
  world.telegram.instead = {Result<crawler::Answer>(fail(Errc::network, "no such host")),
                            test::answer(503)};

  REQUIRE(world.crawl({room}));

  REQUIRE_FALSE(causes.empty());
  CHECK(causes.front().empty());
  CHECK(std::ranges::count(causes, "no such host") > 0);
  CHECK(causes.back() == "the answer was HTTP 503");
}

TEST_CASE("a visit is told of when it ends, not when the run does", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName lost = world.follow("lost_room");
  const ChannelName open = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(3);
  std::vector<std::pair<ChannelName, std::size_t>> told;
  world.on_visited = [&](const app::ChannelOutcome& outcome) {
    told.emplace_back(outcome.channel, world.telegram.asked.size());
  };

  REQUIRE(world.crawl({lost, open}));

  REQUIRE(told.size() == 2);
  CHECK(told[0].first == lost);
  CHECK(told[1].first == open);
  CHECK(told[0].second < told[1].second);
}

TEST_CASE("an outage is not answered by asking for every other channel", "[crawl]") {
  test::CrawlWorld world;
  std::vector<ChannelName> rooms;
  for (int i = 0; i < 40; ++i) {
    rooms.push_back(world.follow("room_number_" + std::to_string(i)));
    for (int attempt = 0; attempt < 3; ++attempt)
      world.telegram.instead.emplace_back(test::answer(502));
  }

  const auto run = world.crawl(rooms);

  REQUIRE(run);
  CHECK(world.telegram.asked.size() == app::PoliteClient::kMostBadInARow);
  CHECK(run->totals().deferred > 20);
}

namespace {

/// Why the latest run left visits to another one: "cause: how many".
std::vector<std::string> reasons_of(const app::RunReport& run) {
  std::vector<std::string> out;
  for (const app::Deferral& deferral : run.deferrals) {
    out.push_back(deferral.cause + ": " + std::to_string(deferral.visits));
  }
  return out;
}

}  // namespace

TEST_CASE("an empty answer that a link led to ends no history: what is below is a gap", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.links_older = true;
  world.telegram.channels["open_room"] = test::posts(20);
  world.telegram.instead = {std::nullopt, std::nullopt, empty_page()};

  const auto run = world.crawl({room});

  REQUIRE(run);
  CHECK(run->degraded());
  REQUIRE(world.store.gaps(room).value().size() == 1);
  CHECK(world.store.gaps(room).value()[0].high == 10);
  world.backfill = true;
  CHECK_FALSE(world.crawl({room}).value().degraded());
  CHECK(world.stored(room) == test::ids(20));
}

TEST_CASE("an empty answer to a backfill takes no gap away", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.links_older = true;
  world.telegram.channels["open_room"] = test::posts(20);
  REQUIRE(world.crawl({room}, 2));
  world.backfill = true;
  world.telegram.instead = {std::nullopt, empty_page(), empty_page()};

  REQUIRE(world.crawl({room}));

  REQUIRE(world.store.gaps(room).value().size() == 1);
  CHECK(world.store.gaps(room).value()[0].high == 10);
  REQUIRE(world.crawl({room}));
  CHECK(world.stored(room) == test::ids(20));
  CHECK(world.store.gaps(room).value().empty());
}

TEST_CASE("a gap below which there is nothing is closed by a backfill", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.links_older = true;
  world.telegram.channels["open_room"] = test::posts(20);
  for (MessageId id = 1; id <= 10; ++id) world.telegram.channels["open_room"].erase(id);
  REQUIRE(world.crawl({room}, 2));
  REQUIRE(world.store.gaps(room).value().size() == 1);
  world.backfill = true;

  CHECK_FALSE(world.crawl({room}).value().degraded());

  CHECK(world.store.gaps(room).value().empty());
}

TEST_CASE("posts that came after an empty first visit and were not read are lost ones", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = {};
  REQUIRE_FALSE(world.crawl({room}).value().degraded());
  world.telegram.channels["open_room"] = test::posts(20);

  CHECK(world.crawl({room}, 2).value().degraded());
}

TEST_CASE("a run's budget of requests ends a walk, and what is left of it is a gap", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName first = world.follow("open_room");
  const ChannelName second = world.follow("other_room");
  world.telegram.channels["open_room"] = test::posts(50);
  world.telegram.channels["other_room"] = test::posts(50);
  world.budget.requests = 3;

  const auto run = world.crawl({first, second});

  REQUIRE(run);
  CHECK(run->totals().requests == 3);
  CHECK(reasons_of(*run) == std::vector<std::string>{"run budget: 1"});
  REQUIRE(world.store.gaps(first).value().size() == 1);
  CHECK(world.store.gaps(first).value()[0].high == 40);
  CHECK(world.store.gaps(first).value()[0].cause == app::kCutShort);
}

TEST_CASE("what a run's budget left of a walk is read by the next visit", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(50);
  world.budget.requests = 3;
  REQUIRE(world.crawl({room}));
  REQUIRE(world.store.gaps(room).value().size() == 1);

  SECTION("also when an earlier version had named it otherwise") {
    const store::Gap gap = world.store.gaps(room).value().front();
    store::Gap named = gap;
    named.cause = app::kBudgetSpent;
    REQUIRE(world.store.keep_unread(
        {.channel = room, .settled = {}, .filled = gap, .gaps = {named}}, world.clock.now()));
  }
  SECTION("as it is named now") {}
  world.budget.requests = 0;
  REQUIRE(world.crawl({room}));

  CHECK(world.store.gaps(room).value().empty());
  CHECK(world.stored(room) == test::ids(50));
}

TEST_CASE("a run's budget ends a backfill, and its gap stays", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(50);
  REQUIRE(world.crawl({room}, 2));
  world.backfill = true;
  world.budget.requests = 3;

  const auto run = world.crawl({room}, 1'000'000);

  REQUIRE(run);
  CHECK(run->totals().requests == 3);
  CHECK(world.stored(room).size() == 20);
  CHECK(world.store.gaps(room).value().at(0).high == 30);
}

TEST_CASE("a run's time ends a walk", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(50);
  world.budget.time = 3s;

  const auto run = world.crawl({room});

  REQUIRE(run);
  CHECK(run->ended_at - run->started_at <= 4s);
  CHECK(world.store.gaps(room).value().size() == 1);
  CHECK_FALSE(run->degraded());
}

TEST_CASE("deferred visits have their own names and are told of once a reason", "[crawl]") {
  test::CrawlWorld world;
  std::vector<ChannelName> rooms;
  for (int i = 0; i < 7; ++i) rooms.push_back(world.follow("room_number_" + std::to_string(i)));
  crawler::Answer refused = test::answer(429);
  refused.retry_after = 1h;
  world.telegram.instead = {refused};

  const auto run = world.crawl(rooms);

  REQUIRE(run);
  CHECK(reasons_of(*run) == std::vector<std::string>{"host pause: 7"});
  REQUIRE(run->channels.size() == 7);
  CHECK(run->channels[6].channel == rooms[6]);
  std::ostringstream text;
  app::print_report(text, {}, *run);
  const std::string report = text.str();
  const std::size_t line = report.find("deferred 7 visits (host pause): fetch");
  REQUIRE(line != std::string::npos);
  CHECK(report.find("\n", line) == report.size() - 1);
  CHECK_THAT(report, Contains("room_number_0, room_number_1, room_number_2 and 4 more"));
  CHECK_THAT(report, !Contains("room_number_6"));
  const auto json = app::run_json(*run);
  CHECK(json["deferrals"][0]["visits"] == 7);
  for (const auto& channel : json["channels"]) {
    CHECK_THAT(channel["error"].get<std::string>(), !Contains("room_number"));
  }
}

namespace {

/// Hands everything on.
class PassingKeeper : public app::Keeper {
 public:
  explicit PassingKeeper(app::Keeper& keeper) : keeper_(keeper) {}

  Result<std::string> keep(const store::Snapshot& snapshot) override {
    return keeper_.keep(snapshot);
  }
  Result<store::PageCounts> keep(const store::PageCommit& page, Instant now) override {
    return keeper_.keep(page, now);
  }
  Result<void> keep(const store::Unread& unread, Instant now) override {
    return keeper_.keep(unread, now);
  }
  Result<void> keep(const std::string& url, const store::PageVersion& version) override {
    return keeper_.keep(url, version);
  }

 private:
  app::Keeper& keeper_;
};

/// Fails as a disk does, once the case says so.
class FailingKeeper final : public PassingKeeper {
 public:
  FailingKeeper(app::Keeper& keeper, Errc code, int after)
      : PassingKeeper(keeper), code_(code), left_(after) {}

  using PassingKeeper::keep;
  Result<std::string> keep(const store::Snapshot& snapshot) override {
    if (left_-- > 0) return PassingKeeper::keep(snapshot);
    return fail(code_, "archive-202607.db: no room");
  }

 private:
  Errc code_;
  int left_;
};

/// Has `hold` called when a page is archived.
class HoldingKeeper final : public PassingKeeper {
 public:
  HoldingKeeper(app::Keeper& keeper, std::function<void()> hold)
      : PassingKeeper(keeper), hold_(std::move(hold)) {}

  using PassingKeeper::keep;
  Result<std::string> keep(const store::Snapshot& snapshot) override {
    auto kept = PassingKeeper::keep(snapshot);
    hold_();
    return kept;
  }

 private:
  std::function<void()> hold_;
};

Result<app::RunReport> crawl_with(
    test::CrawlWorld& world,
    app::Keeper& keeper,
    std::vector<ChannelName> channels,
    const std::function<void()>& on_busy = [] {}) {
  app::World tools{world.fetcher(), keeper, world.clock, world.classifier};
  return app::crawl(tools,
                    world.store,
                    {.channels = std::move(channels),
                     .settings = {.max_pages = 50, .recheck = {}, .schedule = {}},
                     .on_busy = on_busy},
                    [](const app::CrawlProgress&) {});
}

}  // namespace

TEST_CASE("a run that a storage failure ends says so, and counts what was kept before", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(20);
  FailingKeeper keeper(world.keeper, Errc::storage, 2);

  const auto run = crawl_with(world, keeper, {room});

  REQUIRE_FALSE(run);
  CHECK(run.error().code == Errc::storage);
  const store::RunRow row = world.store.runs(1).value().at(0);
  CHECK(row.ended_at);
  CHECK(row.degraded);
  CHECK(row.totals.planned == 1);
  CHECK(row.totals.failed == 1);
  CHECK(row.totals.fresh == 10);
  const auto troubles = world.store.troubles(row.id).value();
  CHECK(troubles.failed == std::map<std::string, std::int64_t>{{app::kStorage, 1}});
  CHECK_THAT(troubles.failures.at(0).error, Contains("no room"));
}

TEST_CASE("a database that is busy defers a visit and what comes after it", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  const ChannelName other = world.follow("other_room");
  world.telegram.channels["open_room"] = test::posts(20);
  FailingKeeper keeper(world.keeper, Errc::storage_busy, 1);

  const auto run = crawl_with(world, keeper, {room, other});

  REQUIRE(run);
  CHECK(reasons_of(*run) == std::vector<std::string>{"database busy: 2"});
  CHECK(run->totals().fresh == 5);
  CHECK(world.store.channel(room).value()->failures == 0);
}

TEST_CASE("a run waits for a database that another process writes to, to begin and to end",
          "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.channels["open_room"] = test::posts(3);
  const std::string path = world.folder.file("qanat.db");
  world.store = store::Store::open(path, store::Access::read_write, 0ms).value();
  std::optional<test::HeldDatabase> held(path);
  int waits = 0;
  const auto on_busy = [&] {
    if (++waits % 2 == 0) held.reset();
  };

  const auto run = crawl_with(world, world.keeper, {room}, on_busy);
  // It begins with the database free, and finds it held when it has read its first page.
  world.telegram.channels["open_room"] = test::posts(6);
  HoldingKeeper holding(world.keeper, [&] { held.emplace(path); });
  const auto cut = crawl_with(world, holding, {room}, on_busy);

  REQUIRE(run);
  CHECK(run->totals().fresh == 3);
  CHECK_FALSE(run->degraded());
  REQUIRE(cut);
  CHECK(reasons_of(*cut) == std::vector<std::string>{"database busy: 1"});
  CHECK(world.store.runs(1).value().at(0).ended_at == cut->ended_at);
  CHECK(waits == 4);
}

TEST_CASE("a run's patience with a busy database has an end", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  const std::string path = world.folder.file("qanat.db");
  world.store = store::Store::open(path, store::Access::read_write, 0ms).value();
  const test::HeldDatabase held(path);

  const auto run = world.crawl({room});

  REQUIRE_FALSE(run);
  CHECK(run.error().code == Errc::storage_busy);
  CHECK(world.clock.slept() >= app::kMostBusy);
  CHECK(world.clock.slept() <= app::kMostBusy + 1min);
}
