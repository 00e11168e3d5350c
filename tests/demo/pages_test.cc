#include <algorithm>
#include <regex>

#include "demo/page_renderer.h"
#include "demo/server.h"
#include "support/catch.h"

using Catch::Matchers::Contains;
using qanat::MessageId;
using qanat::demo::Channel;
using qanat::demo::Cursor;
using qanat::demo::DemoPost;
using qanat::demo::Query;
using qanat::demo::render_channel_page;
using qanat::demo::Reply;

namespace {

/// A channel of posts 1 to `count` without texts.
Channel channel_of(MessageId count) {
  Channel channel;
  channel.name = "many_posts";
  channel.slug = "Many_Posts";
  channel.title = "Many posts";
  for (MessageId id = 1; id <= count; ++id) {
    DemoPost post;
    post.id = id;
    post.text = "Post " + std::to_string(id);
    channel.posts.push_back(std::move(post));
  }
  return channel;
}

std::vector<MessageId> ids_on(const std::string& page) {
  static const std::regex data_post("data-post=\"[^/]+/(\\d+)\"");
  std::vector<MessageId> ids;
  for (std::sregex_iterator hit(page.begin(), page.end(), data_post), end; hit != end; ++hit) {
    ids.push_back(std::stoll((*hit)[1].str()));
  }
  return ids;
}

std::vector<MessageId> range(MessageId first, MessageId last) {
  std::vector<MessageId> ids;
  for (MessageId id = first; id <= last; ++id) ids.push_back(id);
  return ids;
}

std::string page_before(const Channel& channel, MessageId before) {
  return render_channel_page(channel, {.before = before, .after = {}, .around = {}});
}

std::string page_after(const Channel& channel, MessageId after) {
  return render_channel_page(channel, {.before = {}, .after = after, .around = {}});
}

Reply get(const std::string& path, std::map<std::string, std::string> values = {}) {
  static const auto channels =
      qanat::demo::load_channels(qanat::demo::default_channels_folder()).value();
  return answer(channels, Query{.path = path, .values = std::move(values), .headers = {}});
}

}  // namespace

TEST_CASE("the newest page holds the last twenty posts, oldest first, and links to older ones") {
  const std::string page = render_channel_page(channel_of(45), {});

  CHECK(ids_on(page) == range(26, 45));
  CHECK_THAT(page, Contains("<link rel=\"prev\" href=\"/s/Many_Posts?before=26\">"));
  CHECK_THAT(
      page, Contains("data-before=\"26\"") && !Contains("data-after") && !Contains("rel=\"next\""));
  CHECK_THAT(page, Contains("<link rel=\"canonical\" href=\"/s/Many_Posts?before=46\">"));
}

TEST_CASE("before is exclusive, and the first page links to newer posts only") {
  const Channel channel = channel_of(45);

  CHECK(ids_on(page_before(channel, 26)) == range(6, 25));
  const std::string first = page_before(channel, 6);
  CHECK(ids_on(first) == range(1, 5));
  CHECK_THAT(first, !Contains("rel=\"prev\"") && !Contains("data-before"));
  CHECK_THAT(first, Contains("data-after=\"5\"") && Contains("rel=\"next\""));
}

TEST_CASE("after is exclusive and gives the posts that follow") {
  const Channel channel = channel_of(45);

  CHECK(ids_on(page_after(channel, 5)) == range(6, 25));
  CHECK(ids_on(page_after(channel, 40)) == range(41, 45));
  CHECK(ids_on(page_after(channel, 0)) == range(1, 20));
}

TEST_CASE("a page beyond either end is empty and says so without a post") {
  const Channel channel = channel_of(45);

  for (const std::string& page : {page_before(channel, 1), page_after(channel, 45)}) {
    CHECK(ids_on(page).empty());
    CHECK_THAT(page, Contains("No posts found") && !Contains("data-before"));
  }
}

TEST_CASE("before=0 is the newest page, as on Telegram") {
  CHECK(ids_on(page_before(channel_of(45), 0)) == range(26, 45));
}

TEST_CASE("a post's own page of the history has its neighbours on both sides") {
  const std::string page =
      render_channel_page(channel_of(45), {.before = {}, .after = {}, .around = 20});

  CHECK(ids_on(page) == range(11, 30));
}

TEST_CASE("an album takes the place of its items, so that the page holds fewer posts") {
  Channel channel = channel_of(45);
  channel.posts.at(40).media.resize(3);  // 41, 42 and 43
  channel.posts.erase(channel.posts.begin() + 41, channel.posts.begin() + 43);

  const auto ids = ids_on(render_channel_page(channel, {}));

  CHECK(ids.size() == 18);
  CHECK(ids.front() == 26);
}

TEST_CASE("a page may lack the link though older posts exist") {
  Channel channel = channel_of(45);
  channel.unlinked_from = {26};

  const std::string page = render_channel_page(channel, {});

  CHECK(ids_on(page) == range(26, 45));
  CHECK_THAT(page, !Contains("data-before") && !Contains("rel=\"prev\""));
}

TEST_CASE("every page ends with the mark of a complete download") {
  CHECK_THAT(render_channel_page(channel_of(3), {}), Catch::EndsWith("ms -->\n"));
  CHECK_THAT(get("/ask_cpp_demo").body, Catch::EndsWith("ms -->\n"));
  CHECK_THAT(get("/nobody_here_demo").body, Catch::EndsWith("ms -->\n"));
}

TEST_CASE("walking back over the main channel meets every post once") {
  std::vector<MessageId> seen;
  std::map<std::string, std::string> values;
  int pages = 0;
  while (true) {
    const auto ids = ids_on(get("/s/ds_sobes_demo", values).body);
    if (ids.empty()) break;
    ++pages;
    seen.insert(seen.begin(), ids.begin(), ids.end());
    values["before"] = std::to_string(ids.front());
  }

  CHECK(pages == 4);
  CHECK(std::ranges::is_sorted(seen));
  CHECK(std::ranges::adjacent_find(seen) == seen.end());
  CHECK(seen.size() >= 65);
}

TEST_CASE("the demo's parade hides older posts behind a page without a link") {
  const std::string page = get("/s/media_parade_demo").body;
  const auto ids = ids_on(page);

  CHECK_THAT(page, !Contains("data-before"));
  CHECK_FALSE(
      ids_on(get("/s/media_parade_demo", {{"before", std::to_string(ids.front())}}).body).empty());
}

TEST_CASE("a channel's name is found in any case") {
  CHECK(get("/s/DS_SOBES_demo").status == 200);
  CHECK_THAT(get("/s/media_parade_demo").body, Contains("data-post=\"Media_Parade_Demo/42\""));
}

TEST_CASE("a channel without preview redirects to its landing page, which has no preview link") {
  const Reply redirect = get("/s/closed_preview_demo");
  CHECK(redirect.status == 302);
  CHECK(redirect.headers.at("Location") == "/closed_preview_demo");

  const Reply landing = get("/closed_preview_demo");
  CHECK(landing.status == 200);
  CHECK_THAT(landing.body,
             Contains("tgme_page_title") && Contains("2 317 subscribers") &&
                 !Contains("tgme_page_context_link"));
}

TEST_CASE("a channel with preview links to it from its landing page") {
  CHECK_THAT(get("/ask_cpp_demo").body,
             Contains("<a class=\"tgme_page_context_link\" href=\"/s/ask_cpp_demo\">"));
}

TEST_CASE("a name that nobody owns redirects to a page without a title") {
  CHECK(get("/s/nobody_here_demo").status == 302);

  const Reply page = get("/nobody_here_demo");
  CHECK(page.status == 200);
  CHECK_THAT(
      page.body,
      Contains("noindex, nofollow") && Contains("tgme_icon_user") && !Contains("tgme_page_title"));
}

TEST_CASE("an empty channel has its header and no post") {
  const Reply page = get("/s/empty_room_demo");

  CHECK(page.status == 200);
  CHECK_THAT(page.body, Contains("No posts found") && Contains("Empty room"));
  CHECK(ids_on(page.body).empty());
}

TEST_CASE("robots.txt is absent, as on t.me") { CHECK(get("/robots.txt").status == 404); }

TEST_CASE("only posts that Telegram alone can show have a second, hidden branch") {
  Channel channel = channel_of(1);
  CHECK_THAT(render_channel_page(channel, {}), !Contains("media_supported_cont"));

  channel.posts.at(0).text = "<tg-emoji emoji-id=\"1\">🤖</tg-emoji>";
  CHECK_THAT(render_channel_page(channel, {}),
             Contains("media_supported_cont") && Contains("media_not_supported_cont"));
}
