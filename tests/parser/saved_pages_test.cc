#include <map>
#include <string>

#include "page_builder.h"
#include "support/catch.h"
#include "support/files.h"

using namespace qanat;
using namespace qanat::test;

namespace {

struct Expected {
  PageKind kind;
  std::size_t posts = 0;
};

/// By the part of the file's name that tells it.
const std::map<std::string, Expected>& expected() {
  static const std::map<std::string, Expected> pages = {
      {"telegram_page.html", {PageKind::channel, 20}},
      {"file2.html", {PageKind::channel, 8}},
      {"gnupinguin__telegram-scraper__channel.html", {PageKind::landing_channel}},
      {"invalid_channel.html", {PageKind::free_name}},
      {"nexta.html", {PageKind::channel, 18}},
      {"channel_feed.html", {PageKind::channel, 20}},
      {"tme_bot.html", {PageKind::landing_bot}},
      {"tme_channel.html", {PageKind::landing_channel}},
      {"tme_free.html", {PageKind::free_name}},
      {"tme_group.html", {PageKind::landing_group}},
      {"tme_user.html", {PageKind::landing_user}},
      {"metascraper__channel.html", {PageKind::landing_channel}},
      {"post-full-image.html", {PageKind::post}},
      {"channel1.html", {PageKind::channel, 20}}};
  return pages;
}

void check_post(const Post& post, MessageId& last) {
  INFO(post.url);
  CHECK(post.id.message > last);
  last = post.id.message;
  CHECK(post.published_at);
  CHECK((!post.text.empty() || !post.media.empty() || post.poll));
  CHECK(post.kind != PostKind::withheld);
  CHECK((post.kind == PostKind::service || post.views.value));
  for (const Entity& each : post.entities) CHECK(each.span.end <= post.text.size());
  for (const Link& each : post.links) CHECK(under(post, each.span) == each.text);
}

}  // namespace

TEST_CASE("every saved page from 2015 to 2026 is read completely") {
  const auto folder = shared("pages");
  for (const auto& [name, page_expected] : expected()) {
    INFO(name);
    bool seen = false;
    for (const auto& file : std::filesystem::directory_iterator{folder}) {
      if (!file.path().filename().string().ends_with(name)) continue;
      seen = true;
      const ChannelPage page = parsed(read_file(file.path()));
      CHECK(page.kind == page_expected.kind);
      CHECK(page.complete);
      CHECK(page.posts.size() == page_expected.posts);
      CHECK(page.skipped == 0);
      CHECK(page.malformed.empty());
      CHECK(page.unknown_markup.empty());
      CHECK_FALSE(page.channel.username.empty());
      MessageId last = 0;
      for (const Post& post : page.posts) check_post(post, last);
    }
    CHECK(seen);
  }
}
