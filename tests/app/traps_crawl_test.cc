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

  const auto visit = room.visit();

  CHECK(room.stored(room.channel) == test::ids(3));
  CHECK(room.record(3).post.url == "https://t.me/Open_ROOM_2/3");
  CHECK(visit.report.value().shown_as == "Open_ROOM_2");
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

TEST_CASE("what the preview stops showing stays as it was, and the run says so", "[crawl]") {
  Room room({{1, "post 1"}, {2, "post 2"}, {3, kPhoto}});
  room.now_shows({{1, kWithheld}, {2, kWithheld}, {3, kWithheld}});

  const auto run = room.crawl({room.channel});

  REQUIRE(run);
  CHECK(run->degraded());
  CHECK(run->drift().find("3 posts whose stored text the page now withholds") == 0);
  CHECK(run->totals().edited == 0);
  CHECK(room.record(2).post.text == "post 2");
  CHECK(room.record(2).post.kind == PostKind::text);
  CHECK(room.record(2).revision == 1);
  CHECK(room.record(3).post.kind == PostKind::photo);
  room.now_shows({{1, "post 1"}, {2, "post 2"}, {3, kPhoto}});
  CHECK(room.visit().report.value().posts == store::PageCounts{.unchanged = 3});
}

TEST_CASE("a post that is withheld is still there: it comes back, and stays what it was read from",
          "[crawl]") {
  Room room(test::posts(3));
  const std::string snapshot = room.record(2).provenance.snapshot;
  room.now_shows({{1, "post 1"}, {3, "post 3"}});
  room.visit();
  room.clock.advance(std::chrono::hours{1});
  REQUIRE(room.visit().report.value().posts.deleted == 1);
  room.now_shows({{1, "post 1"}, {2, kWithheld}, {3, "post 3"}});

  const auto visit = room.visit();

  CHECK(visit.report.value().posts.restored == 1);
  CHECK_FALSE(room.record(2).deleted_at);
  CHECK(room.record(2).last_seen_at > room.clock.now() - std::chrono::minutes{1});
  CHECK(room.record(2).provenance.snapshot == snapshot);
}

TEST_CASE("texts that are no longer where they were are an alarm before anything is stored",
          "[crawl]") {
  const std::string empty = R"(<div class="tgme_widget_message_text js-message_text"></div>)";
  for (const bool moved : {true, false}) {
    CAPTURE(moved);
    Room room(test::posts(5));
    room.telegram.break_texts = moved;
    if (!moved) room.now_shows({{1, empty}, {2, empty}, {3, empty}, {4, kPhoto}, {5, kPhoto}});

    const auto visit = room.visit();

    REQUIRE(visit.error);
    CHECK(visit.error->code == Errc::markup);
    CHECK(visit.error->message.find("5 posts whose text is stored show none any more") !=
          std::string::npos);
    CHECK(room.record(2).post.text == "post 2");
    CHECK(room.record(2).revision == 1);
  }
}

TEST_CASE("a caption that its author takes off is an edit, on a page of texts or alone",
          "[crawl]") {
  const std::string captioned =
      std::string(kPhoto) + R"(<div class="tgme_widget_message_text js-message_text">words</div>)";
  Room among({{1, "post 1"}, {2, captioned}, {3, "post 3"}});
  among.now_shows({{1, "post 1"}, {2, kPhoto}, {3, "post 3"}});
  CHECK(among.visit().report.value().posts.edited == 1);
  CHECK(among.record(2).post.text.empty());
  CHECK(among.record(2).post.kind == PostKind::photo);

  Room alone({{2, captioned}});
  alone.now_shows({{2, kPhoto}});
  CHECK(alone.visit().report.value().posts.edited == 1);
  CHECK(alone.record(2).post.text.empty());
}

TEST_CASE("captions that their author takes off few posts are edits, though no text is left",
          "[crawl]") {
  const std::string captioned =
      std::string(kPhoto) + R"(<div class="tgme_widget_message_text js-message_text">words</div>)";
  Room room({{1, captioned}, {2, captioned}, {3, captioned}});
  room.now_shows({{1, kPhoto}, {2, kPhoto}, {3, kPhoto}});

  CHECK(room.visit().report.value().posts.edited == 3);
}

TEST_CASE("one text that is not where it was stays as it was, and is named", "[crawl]") {
  Room room(test::posts(3));
  room.now_shows(
      {{1, "post 1"}, {2, R"(<div class="tgme_widget_rich_body">post 2</div>)"}, {3, "post 3"}});

  const auto visit = room.visit();

  CHECK(room.record(2).post.text == "post 2");
  CHECK(visit.report.value().posts.withheld == 1);
  CHECK(visit.report.value().malformed == app::NameCounts{{"body", 1}});
}

TEST_CASE("a post of a medium that we do not know is withheld, not empty", "[crawl]") {
  Room room({{1, R"(<div class="tgme_widget_message_giveaway"></div>)"}});

  CHECK(room.record(1).post.kind == PostKind::withheld);
}

TEST_CASE("a post that stands twice on a page is one post, and is counted", "[crawl]") {
  Room room(test::posts(3));
  test::FakeTelegram twice;
  twice.channels["open_room"] = test::posts(3);
  crawler::Answer page = twice.fetch({.url = "https://t.me/s/open_room"}).value();
  const std::string first = "open_room/1";
  for (std::size_t at = 0; (at = page.body.find("open_room/2", at)) != std::string::npos;) {
    page.body.replace(at, first.size(), first);
  }
  room.telegram.instead = {page};

  const auto visit = room.visit();

  CHECK(visit.report.value().posts == store::PageCounts{.unchanged = 2});
  CHECK(visit.report.value().malformed == app::NameCounts{{"repeated_post", 1}});
}

TEST_CASE("a page in another encoding is refused by its name", "[crawl]") {
  for (const bool in_header : {true, false}) {
    CAPTURE(in_header);
    Room room;
    room.now_shows(test::posts(3));
    crawler::Answer page = room.telegram.fetch({.url = "https://t.me/s/open_room"}).value();
    if (in_header) {
      page.headers = "HTTP/1.1 200 OK\r\nContent-Type: text/html; Charset=\"Windows-1251\"\r\n\r\n";
    } else {
      page.body.insert(page.body.find("<title>"), "<meta charset='windows-1251'>");
    }
    room.telegram.instead = {page};

    const auto visit = room.visit();

    REQUIRE(visit.error);
    CHECK(visit.error->code == Errc::markup);
    CHECK(visit.error->message.find("windows-1251") != std::string::npos);
    CHECK(room.stored(room.channel).empty());
  }
}
