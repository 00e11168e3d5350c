#include "base/post.h"
#include "support/catch.h"

using namespace qanat;

namespace {

Post some_post() {
  Post post{.id = {.channel = ChannelName::parse("some_channel").value(), .message = 7}};
  post.text = "Что такое переобучение?";
  post.media.push_back({.type = MediaType::photo, .url = "https://cdn1.example/a.jpg"});
  post.reactions.push_back({.emoji = "👍", .count = {.value = 7, .text = "7"}});
  post.views = {.value = 1200, .text = "1.2K"};
  return post;
}

}  // namespace

TEST_CASE("counters and media addresses do not make an edit", "[content_hash]") {
  Post later = some_post();
  later.views = {.value = 5000, .text = "5K"};
  later.reactions.front().count = {.value = 9, .text = "9"};
  later.media.front().url = "https://cdn4.example/b.jpg?token=1";
  later.edited = true;

  CHECK(content_sha256(later) == content_sha256(some_post()));
}

TEST_CASE("a change of words, links, formatting or media is an edit", "[content_hash]") {
  const std::string before = content_sha256(some_post());

  Post words = some_post();
  words.text += "!";
  Post links = some_post();
  links.links.push_back({.url = "https://example.org"});
  Post formatting = some_post();
  formatting.entities.push_back({.kind = EntityKind::bold, .span = {0, 6}});
  Post media = some_post();
  media.media.clear();
  Post poll = some_post();
  poll.poll = Poll{.question = "Да?"};

  CHECK(content_sha256(words) != before);
  CHECK(content_sha256(links) != before);
  CHECK(content_sha256(formatting) != before);
  CHECK(content_sha256(media) != before);
  CHECK(content_sha256(poll) != before);
}

TEST_CASE("a renamed source of a forward does not make an edit", "[content_hash]") {
  Post before = some_post();
  before.forwarded_from = Forward{.name = "Старое имя", .url = "https://t.me/source/3"};
  Post after = before;
  after.forwarded_from->name = "Новое имя";
  CHECK(content_sha256(after) == content_sha256(before));

  before.forwarded_from->url.clear();
  after.forwarded_from->url.clear();
  CHECK(content_sha256(after) != content_sha256(before));
}

TEST_CASE("a link preview that appears later does not make an edit", "[content_hash]") {
  Post after = some_post();
  after.link_preview = LinkPreview{.url = "https://example.org/", .title = "Пример"};

  CHECK(content_sha256(after) == content_sha256(some_post()));
}

TEST_CASE("what is read off the same words and media does not make an edit", "[content_hash]") {
  Post before = some_post();
  before.kind = PostKind::service;
  before.media = {{.type = MediaType::sticker}};
  Post after = before;
  after.service = ServiceKind::pinned;
  after.media.front().extra = "animated";

  CHECK(content_sha256(after) == content_sha256(before));
}

TEST_CASE("a poll's results do not make an edit", "[content_hash]") {
  Post before = some_post();
  before.poll = Poll{.question = "Да?", .voters_text = "10", .options = {{"Да", 40}, {"Нет", 60}}};
  Post after = before;
  after.poll->voters_text = "20";
  after.poll->options[0].percent = 50;

  CHECK(content_sha256(after) == content_sha256(before));
}
