// A channel's name can go to another channel, whose posts are numbered from 1 again.
#include "crawl_world.h"
#include "program.h"

using namespace qanat;

namespace {

constexpr std::int64_t kFirst = 1001122334;
constexpr std::int64_t kOther = 2009988776;

/// A world that has visited "open_room", channel kFirst, with its posts 1 to 3.
struct NamedRoom : test::CrawlWorld {
  ChannelName channel = follow("open_room");

  NamedRoom() {
    now_is(kFirst, test::posts(3));
    REQUIRE(visit().report);
  }

  void now_is(std::int64_t number, std::map<std::int64_t, std::string> posts) {
    telegram.numeric_ids["open_room"] = number;
    telegram.channels["open_room"] = std::move(posts);
  }

  app::ChannelOutcome visit() {
    const auto run = crawl({channel});
    REQUIRE(run);
    return run->channels.front();
  }

  std::string text(MessageId message) {
    return store.find({.channel = channel, .message = message}).value().value().post.text;
  }

  store::ChannelRow row() { return store.channel(channel).value().value(); }

  /// What a crawl without names visits.
  std::vector<ChannelName> due() {
    return store.due(store::kNeverDue - std::chrono::seconds{1}).value();
  }
};

const std::map<std::int64_t, std::string> kCasino = {
    {1, "casino 1"}, {2, "casino 2"}, {3, "casino 3"}, {4, "casino 4"}};

}  // namespace

TEST_CASE("a name that another channel took brings nothing of it into the store", "[crawl]") {
  NamedRoom room;
  room.now_is(kOther, kCasino);

  const auto run = room.crawl({room.channel});

  REQUIRE(run);
  CHECK(run->degraded());
  CHECK(run->totals().failed == 1);
  const app::ChannelOutcome& visit = run->channels.front();
  REQUIRE(visit.error);
  CHECK(visit.error->code == Errc::other_channel);
  CHECK(visit.cause == "other channel");
  CHECK(room.stored(room.channel) == test::ids(3));
  CHECK(room.text(2) == "post 2");
  CHECK(room.row().state == store::ChannelState::taken);
  CHECK(room.row().numeric_id == kFirst);
  CHECK(room.row().settled == 3);
  CHECK(room.row().last_error.find("number 2009988776 instead of 1001122334") != std::string::npos);
  CHECK(room.row().last_error.find("qanat channels remove open_room") != std::string::npos);
}

TEST_CASE("a dry run tells of a taken name and leaves the channel as it was", "[crawl]") {
  NamedRoom room;
  room.now_is(kOther, kCasino);

  const auto run = room.crawl({room.channel}, 50, true);

  REQUIRE(run);
  CHECK(run->channels.front().cause == "other channel");
  CHECK(room.row().state == store::ChannelState::live);
}

TEST_CASE("a taken name is asked again at a person's word only", "[crawl]") {
  NamedRoom room;
  room.now_is(kOther, kCasino);
  room.visit();
  CHECK(room.due().empty());

  SECTION("not because such a look failed") {
    room.telegram.instead = {test::answer(404)};
    CHECK(room.visit().cause == "http");
    CHECK(room.row().state == store::ChannelState::taken);
    CHECK(room.due().empty());
  }
  SECTION("and when it is the first channel's again, that goes on where it was") {
    room.now_is(kFirst, test::posts(5));
    CHECK(room.visit().report.value().posts.fresh == 2);
    CHECK(room.row().state == store::ChannelState::live);
    CHECK(room.row().last_error.empty());
    CHECK(room.due().size() == 1);
  }
  SECTION("which is also to follow it anew") {
    REQUIRE(room.store.remove_channel(room.channel).value());
    REQUIRE(room.store.add_channel(room.channel, room.clock.now()).value());
    CHECK(room.due().size() == 1);
    CHECK(room.visit().cause == "other channel");
    CHECK(room.text(2) == "post 2");
  }
  SECTION("and when it is nobody's, it is looked at like any other") {
    room.telegram.channels.clear();
    room.visit();
    CHECK(room.row().state == store::ChannelState::restricted);
    CHECK(room.due().size() == 1);
  }
}

TEST_CASE("a page that does not tell its channel's number is the channel's", "[crawl]") {
  NamedRoom room;
  room.telegram.numeric_ids.clear();
  room.telegram.channels["open_room"] = test::posts(4);

  CHECK(room.visit().report.value().posts.fresh == 1);

  CHECK(room.row().numeric_id == kFirst);
}

TEST_CASE("a name that is taken in the middle of a visit ends it there", "[crawl]") {
  NamedRoom room;
  room.now_is(kOther, kCasino);
  const auto casino = room.telegram.fetch({.url = "https://t.me/s/open_room"});
  room.now_is(kFirst, test::posts(20));
  room.telegram.instead = {std::nullopt, casino};

  const auto visit = room.visit();

  CHECK(visit.cause == "other channel");
  CHECK(room.text(2) == "post 2");
  CHECK(room.text(20) == "post 20");
  CHECK(room.row().settled == 3);
}

TEST_CASE("a first visit does not go on into another channel", "[crawl]") {
  test::CrawlWorld world;
  const ChannelName room = world.follow("open_room");
  world.telegram.numeric_ids["open_room"] = kOther;
  world.telegram.channels["open_room"] = kCasino;
  const auto casino = world.telegram.fetch({.url = "https://t.me/s/open_room"});
  world.telegram.numeric_ids["open_room"] = kFirst;
  world.telegram.channels["open_room"] = test::posts(20);
  world.telegram.instead = {std::nullopt, casino};

  const auto run = world.crawl({room});

  REQUIRE(run);
  CHECK(run->channels.front().cause == "other channel");
  CHECK(world.stored(room) == std::vector<MessageId>{16, 17, 18, 19, 20});
}

TEST_CASE("the list of channels shows a taken name as never due, with what to do", "[crawl]") {
  test::Program program;
  program.run({"init", "--config", program.path("qanat.toml")});
  program.configured({"channels", "add", "open_room"});
  {
    auto store = store::Store::open(program.path("qanat.db"), store::Access::read_write).value();
    REQUIRE(store.keep_failure({.channel = ChannelName::parse("open_room").value(),
                                .cause = "other channel",
                                .error = "open_room shows another channel",
                                .next_due_at = store::kNeverDue,
                                .state = store::ChannelState::taken},
                               Instant{}));
  }

  const test::Answer text = program.configured({"channels", "list"});

  CHECK(text.out.find("taken") != std::string::npos);
  CHECK(text.out.find("never  ") != std::string::npos);
  CHECK(text.out.find("open_room shows another channel") != std::string::npos);
}
