// How a run treats the hosts: what it asks, when, and what it takes for an answer.
#include <sstream>

#include "app/crawl_report.h"
#include "crawl_world.h"

using namespace qanat;
using Catch::Matchers::Contains;
using namespace std::chrono_literals;

namespace {

crawler::Answer html(int status, std::string body) {
  crawler::Answer out = test::answer(status);
  out.body = std::move(body);
  return out;
}

crawler::Answer robots(std::string text) { return html(200, std::move(text)); }

/// A world with `count` channels of three posts each.
struct Rooms : test::CrawlWorld {
  std::vector<ChannelName> rooms;

  explicit Rooms(int count) {
    for (int i = 0; i < count; ++i) {
      const std::string name = "room_number_" + std::to_string(i);
      rooms.push_back(follow(name));
      telegram.channels[name] = test::posts(3);
    }
  }

  std::string first_error(const app::RunReport& run) {
    return run.channels.front().error ? run.channels.front().error->message : "";
  }
};

}  // namespace

TEST_CASE("a channel that is refused does not slow the host down", "[politeness]") {
  Rooms world(3);
  world.telegram.instead = {test::answer(403), test::answer(404)};

  const auto run = world.crawl(world.rooms);

  REQUIRE(run);
  CHECK(run->totals().failed == 2);
  CHECK(run->totals().fetched == 1);
  CHECK(world.gate.state().rate == 1.0);
}

TEST_CASE("a page that is too large is asked for once and does not slow the host down",
          "[politeness]") {
  Rooms world(2);
  world.telegram.instead = {
      Result<crawler::Answer>(fail(Errc::markup, "t.me: the body is larger than 1 bytes"))};

  const auto run = world.crawl(world.rooms);

  REQUIRE(run);
  CHECK(world.telegram.asked.size() == 2);
  CHECK(run->channels.front().cause == "markup");
  CHECK(run->totals().fetched == 1);
  CHECK(world.gate.state().rate == 1.0);
}

TEST_CASE("a refusal that names a pause stops everything for so long", "[politeness]") {
  Rooms world(2);
  crawler::Answer refusal = test::answer(403);
  refusal.retry_after = 90s;
  world.telegram.instead = {refusal};

  const auto run = world.crawl(world.rooms);

  REQUIRE(run);
  CHECK(run->totals().fetched == 1);
  CHECK(world.clock.slept() >= 90s);
}

TEST_CASE("a long pause is waited for when it is over before the run has to be", "[politeness]") {
  for (const auto left : {10min, 2min}) {
    CAPTURE(left.count());
    Rooms world(2);
    crawler::Answer refusal = test::answer(429);
    refusal.retry_after = 150s;
    world.telegram.instead = {refusal};
    world.client.wait_until(world.clock.now() + left);

    const auto run = world.crawl(world.rooms);

    REQUIRE(run);
    CHECK(run->totals().fetched == (left > 150s ? 2 : 0));
    CHECK(run->totals().deferred == (left > 150s ? 0 : 2));
  }
}

TEST_CASE("a good answer that names a pause stops everything for so long, at the same rate",
          "[politeness]") {
  Rooms world(2);
  crawler::Answer page = world.telegram.fetch({.url = "https://t.me/s/room_number_0"}).value();
  page.retry_after = 90s;
  world.telegram.instead = {page};

  const auto run = world.crawl(world.rooms);

  REQUIRE(run);
  CHECK(run->totals().fetched == 2);
  CHECK(world.clock.slept() >= 90s);
  CHECK(world.gate.state().rate == 1.0);
}

TEST_CASE("a storm of refusals shuts everything, defers the rest and is remembered",
          "[politeness]") {
  Rooms world(30);
  for (int i = 0; i < 30; ++i) world.telegram.instead.emplace_back(test::answer(403));

  const auto run = world.crawl(world.rooms);

  REQUIRE(run);
  CHECK(world.telegram.asked.size() == crawler::CircuitBreaker::kStorm);
  CHECK(run->totals().failed == 4);
  CHECK(run->totals().deferred == 26);
  CHECK(world.gate.wait(world.clock.now_ms()) > 7min);
  const auto saved = world.store.gate().value().value();
  CHECK(saved.breaker_trips == 1);
  CHECK(saved.next_at_ms - world.clock.now_ms() > 420'000);
}

TEST_CASE("a challenge page shuts everything at once, and no channel's cursor moves",
          "[politeness]") {
  Rooms world(2);
  REQUIRE(world.crawl(world.rooms));
  world.telegram.asked.clear();
  world.telegram.instead = {
      html(200, "<html><script src=\"/cdn-cgi/challenge-platform/x.js\"></script></html>")};

  const auto run = world.crawl(world.rooms);

  REQUIRE(run);
  CHECK(world.telegram.asked.size() == 1);
  CHECK(run->totals().deferred == 2);
  CHECK_THAT(world.first_error(*run), Contains("a challenge page came"));
  CHECK(world.store.channel(world.rooms[0]).value()->settled == 3);
  CHECK(world.store.channel(world.rooms[1]).value()->failures == 0);
}

TEST_CASE("a storm of empty pages shuts everything", "[politeness]") {
  Rooms world(20);
  for (int i = 0; i < 20; ++i) world.telegram.instead.emplace_back(html(200, ""));

  const auto run = world.crawl(world.rooms);

  REQUIRE(run);
  CHECK(world.telegram.asked.size() == crawler::CircuitBreaker::kStorm);
  CHECK(run->totals().deferred == 16);
}

TEST_CASE("a host's robots.txt is read once a day, and across restarts", "[robots]") {
  Rooms world(2);
  REQUIRE(world.crawl(world.rooms));
  REQUIRE(world.crawl(world.rooms));
  CHECK(world.telegram.robots_asked == std::vector<std::string>{"https://t.me/robots.txt"});

  app::PageFetcher restarted(world.client,
                             world.clock,
                             world.store,
                             world.archive,
                             {.hosts = {"https://t.me"}, .ignore_robots = false});
  REQUIRE(restarted.preview(world.rooms[0], std::nullopt));
  CHECK(world.telegram.robots_asked.size() == 1);

  world.clock.advance(24h);
  REQUIRE(restarted.preview(world.rooms[0], std::nullopt));
  CHECK(world.telegram.robots_asked.size() == 2);
}

TEST_CASE("what robots.txt forbids is not asked for, and every channel says why", "[robots]") {
  Rooms world(2);
  world.telegram.robots = robots("User-agent: *\nDisallow: /s/\n");

  const auto run = world.crawl(world.rooms);

  REQUIRE(run);
  CHECK(world.telegram.asked.empty());
  CHECK(run->totals().failed == 2);
  CHECK_THAT(world.store.channel(world.rooms[1]).value()->last_error,
             Contains("https://t.me/robots.txt forbids fetching"));
}

TEST_CASE("a robots.txt that cannot be read because the host is in trouble forbids everything",
          "[robots]") {
  Rooms world(1);
  world.telegram.robots = test::answer(503);

  const auto run = world.crawl(world.rooms);

  REQUIRE(run);
  CHECK(world.telegram.asked.empty());
  CHECK_THAT(world.first_error(*run), Contains("robots.txt answered 503"));
  CHECK(run->channels.front().cause == "host trouble");
  world.telegram.robots = test::answer(404);
  CHECK(world.crawl(world.rooms).value().totals().fetched == 1);
}

TEST_CASE("a host whose robots.txt cannot be reached is passed over like the host", "[robots]") {
  Rooms world(1);
  world.telegram.robots = fail(Errc::network, "connection reset");

  const auto run = world.crawl(world.rooms);

  REQUIRE(run);
  CHECK(world.telegram.asked.empty());
  CHECK(world.telegram.robots_asked.at(1) == "https://telegram.me/robots.txt");
  CHECK(world.store.robots("https://t.me").value() == std::nullopt);
}

TEST_CASE("a redirected robots.txt is followed to our hosts and nowhere else", "[robots]") {
  Rooms world(1);
  crawler::Answer away = test::answer(301);
  away.location = "https://elsewhere.example/robots.txt";
  world.telegram.robots = away;
  CHECK(world.crawl(world.rooms).value().totals().fetched == 1);
  CHECK(world.telegram.robots_asked.size() == 1);

  Rooms looping(1);
  away.location = "https://telegram.me/robots.txt";
  looping.telegram.robots = away;
  CHECK(looping.crawl(looping.rooms).value().totals().fetched == 1);
  CHECK(looping.telegram.robots_asked.size() == 6);
}

TEST_CASE("robots.txt is ignored only in writing, and the run says so", "[robots]") {
  Rooms world(1);
  world.telegram.robots = robots("User-agent: *\nDisallow: /\n");
  world.ignore_robots();

  const auto run = world.crawl(world.rooms);

  REQUIRE(run);
  CHECK(run->totals().fetched == 1);
  CHECK(world.telegram.robots_asked.empty());
  CHECK(world.store.run(run->run).value()->robots_ignored);
  CHECK(app::run_json(*run)["robots_ignored"] == true);
  std::ostringstream text;
  app::print_report(text, {}, *run);
  CHECK_THAT(text.str(), Contains(app::kRobotsIgnored));
}

TEST_CASE("a page that did not change is not sent again, and counts as seen", "[conditional]") {
  Rooms world(1);
  world.telegram.gives_etags = true;
  REQUIRE(world.crawl(world.rooms));
  world.clock.advance(1h);

  const auto run = world.crawl(world.rooms);

  REQUIRE(run);
  CHECK(world.telegram.not_sent == 1);
  CHECK(run->totals().unchanged == 1);
  const auto record = world.store.find({.channel = world.rooms[0], .message = 3}).value().value();
  CHECK(record.last_seen_at > record.first_seen_at);
  CHECK(world.archive.body(record.provenance.snapshot).value());
}

TEST_CASE("a page that changed is sent, though its earlier version is known", "[conditional]") {
  Rooms world(1);
  world.telegram.gives_etags = true;
  REQUIRE(world.crawl(world.rooms));
  world.telegram.channels["room_number_0"] = test::posts(4);

  const auto run = world.crawl(world.rooms);

  REQUIRE(run);
  CHECK(world.telegram.not_sent == 0);
  CHECK(run->totals().fresh == 1);
}

TEST_CASE("a deletion is confirmed by a page that did not change since", "[conditional]") {
  Rooms world(1);
  world.telegram.gives_etags = true;
  REQUIRE(world.crawl(world.rooms));
  world.telegram.channels["room_number_0"].erase(2);
  REQUIRE(world.crawl(world.rooms));
  world.clock.advance(1h);

  CHECK(world.crawl(world.rooms).value().totals().deleted == 1);
  CHECK(world.telegram.not_sent == 1);
}

TEST_CASE("a page whose bytes are archived no more is asked for whole", "[conditional]") {
  Rooms world(1);
  world.telegram.gives_etags = true;
  REQUIRE(world.crawl(world.rooms));
  std::filesystem::remove_all(world.folder.path() / "archive");
  world.archive =
      store::SnapshotArchive::open(world.folder.file("archive"), world.folder.file("qanat.db"))
          .value();

  CHECK(world.crawl(world.rooms).value().totals().failed == 0);
  CHECK(world.telegram.not_sent == 0);
}

TEST_CASE("a page that was cut short is not taken for a known version", "[conditional]") {
  Rooms world(1);
  crawler::Answer cut = html(200, "<!DOCTYPE html><html><body><main class=\"tgme_main\" ");
  cut.url = "https://t.me/s/room_number_0";
  cut.validators.etag = "\"cut\"";
  world.telegram.instead = {cut};
  REQUIRE(world.crawl(world.rooms));

  CHECK_FALSE(world.store.page_version(cut.url).value());
}

TEST_CASE("\"not modified\" that nobody asked for is no page", "[conditional]") {
  Rooms world(1);
  world.telegram.instead = {test::answer(304)};

  const auto run = world.crawl(world.rooms);

  REQUIRE(run);
  CHECK_THAT(world.first_error(*run), Contains("answered 304"));
}

TEST_CASE("a run anew begins with the preferred host again", "[hosts]") {
  Rooms world(1);
  world.telegram.instead = {Result<crawler::Answer>(fail(Errc::network, "no such host"))};
  REQUIRE(world.crawl(world.rooms));
  CHECK(world.telegram.asked.back() == "https://telegram.me/s/room_number_0");
  REQUIRE(world.crawl(world.rooms));
  CHECK(world.telegram.asked.back() == "https://telegram.me/s/room_number_0");

  world.fetcher().try_anew();
  REQUIRE(world.crawl(world.rooms));

  CHECK(world.telegram.asked.back() == "https://t.me/s/room_number_0");
}

TEST_CASE("a host that moved to another one of ours is left for it, for all that follows",
          "[hosts]") {
  Rooms world(2);
  crawler::Answer moved = test::answer(301);
  moved.location = "https://telegram.me/s/room_number_0";
  world.telegram.instead = {moved};

  const auto run = world.crawl(world.rooms);

  REQUIRE(run);
  CHECK(run->totals().fetched == 2);
  CHECK(world.telegram.asked == std::vector<std::string>{"https://t.me/s/room_number_0",
                                                         "https://telegram.me/s/room_number_0",
                                                         "https://telegram.me/s/room_number_1"});
  CHECK(world.telegram.robots_asked.back() == "https://telegram.me/robots.txt");
}

TEST_CASE("hosts that send each other's pages to one another are not followed for ever",
          "[hosts]") {
  Rooms world(1);
  crawler::Answer there = test::answer(301);
  there.location = "https://telegram.me/s/room_number_0";
  crawler::Answer back = test::answer(301);
  back.location = "https://t.me/s/room_number_0";
  world.telegram.instead = {there, back, there, back};

  const auto run = world.crawl(world.rooms);

  REQUIRE(run);
  CHECK(run->totals().failed == 1);
  CHECK(world.telegram.asked.size() == app::PageFetcher::kAttempts);
}
