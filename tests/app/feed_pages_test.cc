#include "app/feed_pages.h"

#include <filesystem>

#include "base/http_date.h"
#include "importer/gzip_reader.h"
#include "store/pages.h"
#include "support/catch.h"
#include "support/fake_clock.h"
#include "support/files.h"
#include "web/raw_client.h"

using namespace qanat;
using namespace qanat::test;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using exporting::FeedFormat;

namespace {

/// Feeds over a store of their own, which follows some_channel and another_one.
struct Feeds {
  TemporaryFolder folder;
  FakeClock clock;
  store::Store store = new_store(folder.file("qanat.db"));
  std::unique_ptr<app::FeedPages> pages = started();

  Feeds() {
    must(store.add_channel(channel("another_one"), kMonday));
    keep({judged("some_channel", 1, "First"), judged("some_channel", 2, "Buy", Outcome::ad_only)});
  }

  /// As after a restart of the daemon.
  std::unique_ptr<app::FeedPages> started(std::size_t most_bytes = 1U << 20U) {
    return std::make_unique<app::FeedPages>(
        app::FeedShelf::Options{.store_path = folder.file("qanat.db"),
                                .url = "http://127.0.0.1:9468/feeds/",
                                .posts = 2,
                                .most_bytes = most_bytes},
        clock);
  }

  void keep(std::vector<store::JudgedPost> posts, std::optional<Instant> next_due = std::nullopt) {
    auto commit = page("some_channel", std::move(posts));
    commit.next_due_at = next_due;
    must(store.keep_page(commit, kMonday));
  }

  web::Response get(const std::string& path) const { return pages->answer({.path = path}); }
};

std::string header(const web::Response& response, const std::string& name) {
  for (const web::Header& one : response.headers) {
    if (one.name == name) return one.value;
  }
  return "";
}

/// What is sent.
std::string text(const web::Response& response) {
  return response.shared ? *response.shared : response.body;
}

web::Response ask_again(const Feeds& feeds, const std::string& path, const web::Response& last) {
  return feeds.pages->answer({.path = path, .if_none_match = header(last, "ETag")});
}

}  // namespace

TEST_CASE("a served feed is the one that an export writes, with its type", "[feeds]") {
  Feeds feeds;
  const auto exported = [&](FeedFormat format, const std::string& file) {
    return must(exporting::feed_text(
        feeds.store,
        {.stored = {.channels = {channel("some_channel")}, .limit = 2}},
        {.format = format, .title = "", .url = "http://127.0.0.1:9468/feeds/" + file}));
  };

  const auto atom = feeds.get("/feeds/some_channel.atom");
  const auto rss = feeds.get("/feeds/Some_Channel.rss");
  const auto json = feeds.get("/feeds/some_channel.json");

  CHECK(text(atom) == exported(FeedFormat::atom, "some_channel.atom"));
  CHECK(atom.type == "application/atom+xml; charset=utf-8");
  CHECK(text(rss) == exported(FeedFormat::rss, "some_channel.rss"));
  CHECK(rss.type == "application/rss+xml; charset=utf-8");
  CHECK(text(json) == exported(FeedFormat::json, "some_channel.json"));
  CHECK(json.type == "application/feed+json");
  CHECK_THAT(text(atom), Contains("https://t.me/some_channel/1") && !Contains("Buy"));
}

TEST_CASE("a served feed has the newest posts of its channel, or of all, without phones",
          "[feeds]") {
  Feeds feeds;
  must(feeds.store.keep_page(
      page("another_one", {judged("another_one", 7, "Call +7 916 123-45-67")}), kMonday));
  feeds.keep({judged("some_channel", 3, "Third"), judged("some_channel", 4, "Fourth")});

  const std::string all = text(feeds.get("/feeds/all.json"));
  const std::string one = text(feeds.get("/feeds/some_channel.json"));

  CHECK_THAT(all, Contains("[PHONE_1]") && !Contains("123-45-67") && !Contains("some_channel/1"));
  CHECK_THAT(one, Contains("some_channel/4") && Contains("some_channel/3"));
  CHECK_THAT(one, !Contains("another_one") && !Contains("some_channel/1\""));
}

TEST_CASE("who has a feed gets 304 until it changes, also after a restart", "[feeds]") {
  Feeds feeds;
  const auto first = feeds.get("/feeds/all.atom");
  REQUIRE(first.status == 200);
  REQUIRE_FALSE(header(first, "ETag").empty());
  CHECK(ask_again(feeds, "/feeds/all.atom", first).status == 304);

  feeds.pages = feeds.started();
  const auto known = ask_again(feeds, "/feeds/all.atom", first);
  CHECK(known.status == 304);
  CHECK(header(known, "ETag") == header(first, "ETag"));
  CHECK_FALSE(known.cache_control.empty());

  feeds.keep({judged("some_channel", 3, "Third")});
  const auto changed = ask_again(feeds, "/feeds/all.atom", first);
  CHECK(changed.status == 200);
  CHECK_THAT(text(changed), Contains("Third"));
}

TEST_CASE("a write that changes no feed leaves its tag and date; a tag counts before a date",
          "[feeds]") {
  Feeds feeds;
  const auto first = feeds.get("/feeds/all.rss");
  feeds.clock.advance(1h);
  store::JudgedPost seen_more = judged("some_channel", 1, "First");
  seen_more.post.views = {.value = 900, .text = "900"};

  feeds.keep({seen_more});

  const auto second = feeds.get("/feeds/all.rss");
  const std::string date = header(first, "Last-Modified");
  CHECK(header(second, "ETag") == header(first, "ETag"));
  CHECK(header(second, "Last-Modified") == date);
  CHECK(feeds.pages->answer({.path = "/feeds/all.rss", .if_modified_since = date}).status == 304);
  CHECK(feeds.pages
            ->answer(
                {.path = "/feeds/all.rss", .if_none_match = "\"other\"", .if_modified_since = date})
            .status == 200);
}

TEST_CASE("a feed whose posts went away is another one, whatever their dates", "[feeds]") {
  Feeds feeds;
  feeds.keep({judged("some_channel", 3, "Third")});
  const auto first = feeds.get("/feeds/all.atom");
  store::Rejudged ad{.id = {.channel = channel("some_channel"), .message = 1},
                     .revision = 1,
                     .verdict = judged("some_channel", 1, "First", Outcome::ad_only).verdict,
                     .normalized = {}};
  ad.verdict.ruleset = "sha256:other";
  feeds.clock.advance(1h);

  must(feeds.store.keep_verdicts({{ad}}, kTuesday));

  const auto second = feeds.pages->answer(
      {.path = "/feeds/all.atom", .if_modified_since = header(first, "Last-Modified")});
  CHECK(second.status == 200);
  CHECK_THAT(text(second), Contains("some_channel/3") && !Contains("some_channel/1<"));
}

TEST_CASE("gzip is what its tag says, and the same feed", "[feeds]") {
  const Feeds feeds;
  const auto plain = feeds.get("/feeds/all.json");

  const auto packed = feeds.pages->answer({.path = "/feeds/all.json", .accept_encoding = "gzip"});

  CHECK(header(packed, "Content-Encoding") == "gzip");
  CHECK(header(packed, "Vary") == "Accept-Encoding");
  CHECK(header(plain, "Vary") == "Accept-Encoding");
  CHECK(header(packed, "ETag") != header(plain, "ETag"));
  CHECK(must(importer::unpacked(text(packed), 1U << 20U)) == text(plain));
  CHECK(ask_again(feeds, "/feeds/all.json", packed).status == 304);
}

TEST_CASE("a feed may be kept until its channel is crawled next", "[feeds]") {
  Feeds feeds;
  const Instant now = feeds.clock.now();
  CHECK(feeds.get("/feeds/some_channel.atom").cache_control == "max-age=300");  // due at once

  feeds.keep({judged("some_channel", 1, "First")}, now + 3h);
  CHECK(feeds.get("/feeds/some_channel.atom").cache_control == "max-age=10800");
  feeds.clock.advance(1h);
  CHECK(feeds.get("/feeds/some_channel.atom").cache_control == "max-age=7200");
  CHECK(feeds.get("/feeds/all.atom").cache_control == "max-age=300");  // another_one is due

  feeds.keep({judged("some_channel", 1, "First")}, now + 240h);
  CHECK(feeds.get("/feeds/some_channel.atom").cache_control == "max-age=86400");
}

TEST_CASE("what is no feed is 404, in plain words", "[feeds]") {
  const Feeds feeds;

  for (const char* path : {"/feeds/",
                           "/feeds/all",
                           "/feeds/all.xml",
                           "/feeds/.atom",
                           "/feeds/../qanat.db",
                           "/feeds/../some_channel.atom",
                           "/feeds/some_channel/../all.atom",
                           "/feeds/https://t.me/some_channel.atom",
                           "/elsewhere/all.atom"}) {
    CAPTURE(path);
    const auto answer = feeds.get(path);
    CHECK(answer.status == 404);
    CHECK_THAT(text(answer), Contains("/feeds/all.atom"));
    CHECK(answer.cache_control == "no-store");
  }
  const auto stranger = feeds.get("/feeds/nobody_here.atom");
  CHECK(stranger.status == 404);
  CHECK_THAT(text(stranger), StartsWith("no feed: nobody_here is not followed"));
}

TEST_CASE("a store that cannot be read is 503, until it can", "[feeds]") {
  Feeds feeds;
  const std::string path = feeds.folder.file("qanat.db");
  std::filesystem::rename(path, path + ".away");
  CHECK(feeds.get("/feeds/all.atom").status == 503);

  std::filesystem::rename(path + ".away", path);
  CHECK(feeds.get("/feeds/all.atom").status == 200);
}

TEST_CASE("feeds are kept within bounds, those that were asked for last", "[feeds]") {
  Feeds feeds;
  const auto dated = [&](const std::string& path) {
    const std::string date = header(feeds.get(path), "Last-Modified");
    return feeds.clock.now() - parse_http_date(date).value();
  };
  (void)feeds.get("/feeds/all.atom");
  feeds.clock.advance(1h);
  (void)feeds.get("/feeds/all.rss");
  CHECK(dated("/feeds/all.atom") == 1h);

  feeds.pages = feeds.started(1);  // byte
  (void)feeds.get("/feeds/all.atom");
  feeds.clock.advance(1h);
  CHECK(dated("/feeds/all.atom") == 1h);
  (void)feeds.get("/feeds/all.rss");
  CHECK(dated("/feeds/all.atom") == 0h);
}

TEST_CASE("over HTTP a known feed costs its headers, and HEAD tells what GET would", "[feeds]") {
  const Feeds feeds;
  const auto server = web::HttpServer::start(
      {.address = "127.0.0.1", .port = 0},
      [&](const web::Request& request) { return feeds.pages->answer(request); });
  REQUIRE(server);
  const auto asked = [&](const std::string& method, const std::string& header) {
    const RawClient client((*server)->port());
    client.send(method + " /feeds/all.atom HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" +
                header + "\r\n");
    return client.receive();
  };
  const auto feed = feeds.get("/feeds/all.atom");
  const std::string length = "Content-Length: " + std::to_string(text(feed).size()) + "\r\n";

  const std::string whole = asked("GET", "");
  const std::string head = asked("HEAD", "");
  const std::string known = asked("GET", "If-None-Match: " + header(feed, "ETag") + "\r\n");

  CHECK_THAT(whole, StartsWith("HTTP/1.1 200 ") && Contains(length));
  CHECK(whole.ends_with("\r\n\r\n" + text(feed)));
  CHECK_THAT(head, StartsWith("HTTP/1.1 200 ") && Contains(length));
  CHECK(head.ends_with("\r\n\r\n"));
  CHECK_THAT(known, StartsWith("HTTP/1.1 304 ") && Contains("ETag: ") && Contains("max-age="));
  CHECK(known.ends_with("\r\n\r\n"));
}
