// What a crawl must not conclude from a page: docs/traps.md.
#include <algorithm>

#include "crawl_world.h"

using namespace qanat;

namespace {

constexpr const char* kPhoto =
    R"~(<a class="tgme_widget_message_photo_wrap" href="https://t.me/open_room/2" style="width:800px;background-image:url('https://cdn1.example/p.jpg')"></a>)~";
constexpr const char* kWithheld =
    R"(<div class="message_media_not_supported_wrap"><div class="message_media_not_supported"><div class="message_media_not_supported_label">Please open Telegram to view this post</div></div></div>)";

/// A world that has visited "open_room" with these posts, if there are any.
struct Room : test::CrawlWorld {
  ChannelName channel = follow("open_room");

  explicit Room(std::map<std::int64_t, std::string> posts = {}) {
    if (posts.empty()) return;
    now_shows(std::move(posts));
    visit();
  }

  void now_shows(std::map<std::int64_t, std::string> posts) {
    telegram.channels["open_room"] = std::move(posts);
  }

  app::ChannelOutcome visit() {
    telegram.asked.clear();
    const auto run = crawl({channel});
    REQUIRE(run);
    return run->channels.front();
  }

  Record record(MessageId message) {
    const auto found = store.find({.channel = channel, .message = message});
    REQUIRE(found);
    REQUIRE(*found);
    return **found;
  }

  store::ChannelRow row() { return store.channel(channel).value().value(); }
};

crawler::Answer answer_of(std::string body) {
  crawler::Answer found = test::answer(200);
  found.body = std::move(body);
  return found;
}

}  // namespace

TEST_CASE("a withheld post is kept as withheld, and gets its text once the page shows it",
          "[crawl]") {
  Room room({{1, "post 1"}, {2, kWithheld}});
  CHECK(room.record(2).post.kind == PostKind::withheld);
  CHECK(room.record(2).post.text.empty());

  room.now_shows({{1, "post 1"},
                  {2,
                   "<div class=\"tgme_widget_message_text js-message_text\">"
                   "<blockquote>quoted</blockquote></div>"}});
  room.visit();

  CHECK(room.record(2).post.kind == PostKind::text);
  CHECK(room.record(2).post.text == "quoted");
  CHECK(room.record(2).revision == 2);
}

TEST_CASE("a post of media alone is stored, its caption's absence included", "[crawl]") {
  Room room({{1, "post 1"}, {2, kPhoto}});

  CHECK(room.stored(room.channel) == test::ids(2));
  CHECK(room.record(2).post.kind == PostKind::photo);
  CHECK(room.record(2).post.text.empty());
}

TEST_CASE("a medium that moved to another host is no edit", "[crawl]") {
  Room room({{1, kPhoto}});
  std::string moved = kPhoto;
  moved.replace(moved.find("cdn1.example"), 12, "cdn4.example.org");
  room.now_shows({{1, moved}});

  const auto visit = room.visit();

  CHECK(visit.report.value().posts.edited == 0);
  CHECK(visit.report.value().posts.unchanged == 1);
}

TEST_CASE("a page that names its channel otherwise is still the seed's page", "[crawl]") {
  Room room;
  test::FakeTelegram renamed;
  renamed.channels["Open_ROOM_2"] = test::posts(3);
  room.telegram.instead = {renamed.fetch({.url = "https://t.me/s/Open_ROOM_2"})};

  room.visit();

  CHECK(room.stored(room.channel) == test::ids(3));
  CHECK(room.record(3).post.url == "https://t.me/Open_ROOM_2/3");
}

TEST_CASE("numbers that no post has are neither asked for one by one nor a gap", "[crawl]") {
  Room room;
  std::map<std::int64_t, std::string> sparse{{1, "the first"}};
  for (int i = 1; i < 20; ++i) sparse[1 + i * 704] = "far apart";
  room.now_shows(sparse);

  const auto visit = room.visit();

  CHECK(room.stored(room.channel).size() == 20);
  CHECK(room.telegram.asked.size() == 4);
  CHECK_FALSE(visit.report.value().gap);
}

TEST_CASE("a host that repeats its page ends the visit, and what is missing is a gap", "[crawl]") {
  Room room(test::posts(3));
  room.now_shows(test::posts(30));
  const auto newest = room.telegram.fetch({.url = "https://t.me/s/open_room"});
  room.telegram.instead = {newest, newest, newest, newest};

  const auto visit = room.visit();

  CHECK(room.telegram.asked.size() == 2);
  const auto gaps = room.store.gaps(room.channel).value();
  REQUIRE(gaps.size() == 1);
  CHECK(gaps[0].low == 4);
  CHECK(gaps[0].high == 25);
  CHECK(gaps[0].cause == app::kNoProgress);
  CHECK(visit.report.value().posts.fresh == 5);
}

TEST_CASE("more posts than a page holds are all read, back to the newest one that is stored",
          "[crawl]") {
  Room room(test::posts(7));
  room.now_shows(test::posts(40));

  const auto visit = room.visit();

  CHECK(room.stored(room.channel) == test::ids(40));
  CHECK_FALSE(visit.report.value().gap);
}

TEST_CASE("a landing page that answers with 200 is a state, not a page without posts", "[crawl]") {
  Room room(test::posts(3));
  room.telegram.instead = {answer_of(test::landing_body())};

  const auto visit = room.visit();

  CHECK_FALSE(visit.error);
  CHECK(visit.report.value().state == store::ChannelState::restricted);
  CHECK(room.row().state == store::ChannelState::restricted);
  CHECK(room.row().settled == 3);
  CHECK(room.stored(room.channel) == test::ids(3));
}

TEST_CASE("an error that answers with 200 is neither a post nor a state", "[crawl]") {
  Room room(test::posts(3));
  room.telegram.instead = {answer_of("<html><body><h1>502 Bad Gateway</h1></body></html>")};

  const auto visit = room.visit();

  REQUIRE(visit.error);
  CHECK(visit.error->code == Errc::markup);
  CHECK(room.row().state == store::ChannelState::live);
  CHECK(room.stored(room.channel) == test::ids(3));
}

TEST_CASE("a post that a page no longer shows stays as it was, its neighbours too", "[crawl]") {
  Room room(test::posts(4));
  room.now_shows({{1, "post 1"}, {3, "post 3"}, {4, "post 4"}});

  const auto visit = room.visit();

  CHECK(visit.report.value().posts.edited == 0);
  for (const MessageId id : test::ids(4)) {
    CHECK(room.record(id).post.text == "post " + std::to_string(id));
    CHECK(room.record(id).revision == 1);
  }
}
