#include "export/feed.h"

#include <chrono>

#include <nlohmann/json.hpp>

#include "export/feed/entry.h"
#include "export/feed/post_html.h"
#include "support/files.h"
#include "tests/store/pages.h"

using namespace qanat;
using namespace qanat::test;
using exporting::FeedFormat;
using exporting::write_feed;
using store::Store;

namespace {

std::string feed_of(Store& store,
                    FeedFormat format,
                    const exporting::Selection& selection = {},
                    exporting::FeedOptions options = {}) {
  const TemporaryFolder folder;
  options.format = format;
  (void)must(write_feed(store, selection, options, folder.file("feed")));
  return read_file(folder.file("feed"));
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

Record record_of(Post post) { return {.post = std::move(post)}; }

Span whole(const Post& post) { return {0, post.text.size()}; }

}  // namespace

TEST_CASE("a feed holds no ads and no doubtful posts, the newest first", "[feed]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  must(store.keep_page(page("some_channel",
                            {judged("some_channel", 1, "First"),
                             judged("some_channel", 2, "Buy", Outcome::ad_only),
                             judged("some_channel", 3, "Unsure", Outcome::review),
                             judged("some_channel", 4, "Fourth", Outcome::stripped)}),
                       kMonday));

  const auto feed = nlohmann::json::parse(feed_of(store, FeedFormat::json));

  REQUIRE(feed["items"].size() == 2);
  CHECK(feed["version"] == "https://jsonfeed.org/version/1.1");
  CHECK(feed["items"][0]["id"] == "https://t.me/some_channel/4");
  CHECK(feed["items"][1]["id"] == "https://t.me/some_channel/1");
}

TEST_CASE("a deleted post is in no feed, and takes nobody's place under a limit", "[feed]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  for (const int day : {0, 1, 2}) {
    std::vector<store::JudgedPost> posts;
    for (const MessageId id : {1, 2, 3, 4}) {
      if (id != 3 || day == 0) posts.push_back(judged("some_channel", id, std::to_string(id)));
    }
    const Instant seen = kMonday + std::chrono::days(day);
    must(store.keep_page(page("some_channel", std::move(posts), seen), seen));
  }

  const auto feed =
      nlohmann::json::parse(feed_of(store, FeedFormat::json, {.stored = {.limit = 2}}));

  REQUIRE(feed["items"].size() == 2);
  CHECK(feed["items"][0]["id"] == "https://t.me/some_channel/4");
  CHECK(feed["items"][1]["id"] == "https://t.me/some_channel/2");
}

TEST_CASE("a channel's title is redacted as its posts are", "[feed]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  auto kept = page("some_channel", {judged("some_channel", 1, "First")});
  kept.facts = ChannelFacts{.title = "Ремонт, тел. 8 (912) 345-67-89"};
  must(store.keep_page(kept, kMonday));
  exporting::Redactor redactor({});
  exporting::Selection selection{.redactor = &redactor};
  selection.stored.channels = {channel("some_channel")};

  const auto title = [&] {
    return nlohmann::json::parse(feed_of(store, FeedFormat::json, selection))["title"];
  };

  CHECK(title() == "Ремонт, тел. [PHONE_1]");
  selection.redactor = nullptr;
  CHECK(title() == "Ремонт, тел. 8 (912) 345-67-89");
}

TEST_CASE("outcomes that are asked for are what the feed holds", "[feed]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  must(store.keep_page(page("some_channel",
                            {judged("some_channel", 1, "First"),
                             judged("some_channel", 2, "Buy", Outcome::ad_only)}),
                       kMonday));

  const std::string feed =
      feed_of(store, FeedFormat::atom, {.stored = {.outcomes = {Outcome::ad_only}}});

  CHECK(count_of(feed, "<entry>") == 1);
  CHECK(feed.find("https://t.me/some_channel/2") != std::string::npos);
}

TEST_CASE("a changed text moves an entry's date and keeps its id; new counters move nothing",
          "[feed]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  must(store.keep_page(page("some_channel", {judged("some_channel", 1, "First")}), kMonday));
  const std::string before = feed_of(store, FeedFormat::atom);
  store::JudgedPost seen_more = judged("some_channel", 1, "First");
  seen_more.post.views = {.value = 900, .text = "900"};
  must(store.keep_page(page("some_channel", {seen_more}, kTuesday), kTuesday));
  CHECK(feed_of(store, FeedFormat::atom) == before);

  must(store.keep_page(page("some_channel", {judged("some_channel", 1, "Mended")}, kTuesday),
                       kTuesday));

  const auto item = nlohmann::json::parse(feed_of(store, FeedFormat::json))["items"][0];
  CHECK(item["id"] == "https://t.me/some_channel/1");
  CHECK(item["date_published"] == "2026-07-24T09:00:05Z");
  CHECK(item["date_modified"] == format_instant(kTuesday));
}

TEST_CASE("markup in a post is text in every feed, and control characters are dropped", "[feed]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  must(store.keep_page(
      page("some_channel",
           {judged("some_channel", 1, "a < b && c > \"d\" ]]>\x01\x1b[2J\xef\xbf\xbe")}),
      kMonday));

  const std::string rss = feed_of(store, FeedFormat::rss);
  const auto item = nlohmann::json::parse(feed_of(store, FeedFormat::json))["items"][0];

  CHECK(
      rss.find("a &amp;lt; b &amp;amp;&amp;amp; c &amp;gt; &amp;quot;d&amp;quot; ]]&amp;gt;[2J<") !=
      std::string::npos);
  CHECK(item["content_html"] == "a &lt; b &amp;&amp; c &gt; &quot;d&quot; ]]&gt;[2J");
  CHECK(item["content_text"] == "a < b && c > \"d\" ]]>[2J");
}

TEST_CASE("RSS has its dates in English, whatever the locale", "[feed]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  must(store.keep_page(page("some_channel", {judged("some_channel", 1, "First")}), kMonday));

  CHECK(feed_of(store, FeedFormat::rss).find("<pubDate>Fri, 24 Jul 2026 09:00:05 GMT</pubDate>") !=
        std::string::npos);
}

TEST_CASE("a feed that is served somewhere links to itself", "[feed]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  const exporting::FeedOptions served{.title = "Q & A", .url = "https://example.org/feed?a=1&b=2"};

  const std::string atom = feed_of(store, FeedFormat::atom, {}, served);

  CHECK(atom.find("<link rel=\"self\" href=\"https://example.org/feed?a=1&amp;b=2\"/>") !=
        std::string::npos);
  CHECK(atom.find("<id>https://example.org/feed?a=1&amp;b=2</id>") != std::string::npos);
  CHECK(atom.find("<title>Q &amp; A</title>") != std::string::npos);
  CHECK(feed_of(store, FeedFormat::json, {}, served).find("\"feed_url\"") != std::string::npos);
}

TEST_CASE("one store gives one feed, byte for byte", "[feed]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));
  must(store.keep_page(page("some_channel", {judged("some_channel", 1, "First")}), kMonday));

  for (const FeedFormat format : {FeedFormat::rss, FeedFormat::atom, FeedFormat::json}) {
    CHECK(feed_of(store, format) == feed_of(store, format));
  }
}

TEST_CASE("a feed without posts is a whole feed", "[feed]") {
  const TemporaryFolder folder;
  Store store = new_store(folder.file("q.db"));

  CHECK(feed_of(store, FeedFormat::rss).ends_with("</rss>\n"));
  CHECK(feed_of(store, FeedFormat::atom).ends_with("</feed>\n"));
  CHECK(nlohmann::json::parse(feed_of(store, FeedFormat::json))["items"].empty());
}

TEST_CASE("formatting becomes HTML that nests, also where spans overlap", "[feed]") {
  Post post = text_post(1, "one two three");
  post.entities = {{.kind = EntityKind::bold, .span = {0, 7}},
                   {.kind = EntityKind::italic, .span = {4, 13}}};

  CHECK(exporting::post_html(post, {}) == "<b>one <i>two</i></b><i> three</i>");
}

TEST_CASE("line breaks are elements, but not inside of code", "[feed]") {
  Post post = text_post(1, "a\nb\nx = 1\ny = 2");
  post.entities = {{.kind = EntityKind::pre, .span = {4, 15}}};

  CHECK(exporting::post_html(post, {}) == "a<br>\nb<br>\n<pre>x = 1\ny = 2</pre>");
}

TEST_CASE("links lead only where a browser may go", "[feed]") {
  Post post = text_post(1, "ab cd");
  post.links = {{.url = "https://example.org/?a=1&b=\"2\"", .text = "ab", .span = {0, 2}},
                {.url = "javascript:alert(1)", .text = "cd", .span = {3, 5}}};

  CHECK(exporting::post_html(post, {}) ==
        "<a href=\"https://example.org/?a=1&amp;b=&quot;2&quot;\">ab</a> cd");
}

TEST_CASE("what was removed is not in the HTML, and the elements around it stay whole", "[feed]") {
  Post post = text_post(1, "keep drop keep");
  post.entities = {{.kind = EntityKind::bold, .span = whole(post)}};

  CHECK(exporting::post_html(post, {{.span = {5, 10}}}) == "<b>keep keep</b>");
}

TEST_CASE("an entry without words is named by its kind, a poll by its question", "[feed]") {
  Post photo = text_post(9, "");
  photo.kind = PostKind::photo;
  Post poll = text_post(10, "");
  poll.poll =
      Poll{.question = "Tabs?", .type = "", .voters_text = "", .options = {{.text = "<b>"}}};

  CHECK(exporting::feed_entry(record_of(photo)).title == "photo some_channel/9");
  CHECK(exporting::feed_entry(record_of(poll)).title == "Tabs?");
  CHECK(exporting::feed_entry(record_of(poll)).html == "<p>Tabs?</p><ul><li>&lt;b&gt;</li></ul>");
}

TEST_CASE("a poll stands below the text where there is no HTML, too", "[feed]") {
  Post post = text_post(10, "Спор недели");
  post.poll = Poll{.question = "Tabs?", .options = {{.text = "yes"}, {.text = "no"}}};

  CHECK(exporting::feed_entry(record_of(post)).text == "Спор недели\n\nTabs?\n• yes\n• no");
  post.text.clear();
  CHECK(exporting::feed_entry(record_of(post)).text == "Tabs?\n• yes\n• no");
}

TEST_CASE("a long first line is cut between characters", "[feed]") {
  std::string line;
  for (int i = 0; i < 101; ++i) line += "ж";

  const std::string title = exporting::feed_entry(record_of(text_post(1, line + "\nrest"))).title;

  CHECK(title == line.substr(0, 200) + "…");
}
