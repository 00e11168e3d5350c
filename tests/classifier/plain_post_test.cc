#include "classifier/plain_post.h"

#include "classifier/visible_links.h"
#include "plain_sample.h"
#include "support/catch.h"

namespace {

using namespace qanat;
using test::plain_post;

}  // namespace

TEST_CASE("visible addresses, handles and tags become links at their place", "[plain_post]") {
  const Post post = plain_post("См. https://example.ru/a?b=1, @dev_notes и #советы.");

  REQUIRE(post.links.size() == 2);
  CHECK(post.links[0].url == "https://example.ru/a?b=1");
  CHECK_FALSE(post.links[0].masked);
  CHECK(post.links[1].url == "https://t.me/dev_notes");
  CHECK(post.mentions == std::vector<std::string>{"@dev_notes"});
  CHECK(post.hashtags == std::vector<std::string>{"#советы"});
}

TEST_CASE("an address that the text shows is not counted twice", "[plain_post]") {
  CHECK(plain_post("Сайт example.ru/a", {"https://example.ru/a/"}).links.size() == 1);
}

TEST_CASE("a hidden address lies on the words that invite to follow it", "[plain_post]") {
  const std::string text = "Разбираем сортировки.\n\nЗаписаться можно по ссылке";

  const Post post = plain_post(text, {"https://example.ru/course?utm_source=tg"});

  REQUIRE(post.links.size() == 1);
  CHECK(post.links[0].masked);
  CHECK(post.links[0].span.begin >= text.find("Записаться"));
}

TEST_CASE("a hidden address lies on the line that sells", "[plain_post]") {
  const std::string text = "Как хранить лук: в сухом месте.\n\nОсталось шесть сеток, 300 рублей";

  const Post post = plain_post(text, {"https://example.ru/net"});

  REQUIRE(post.links.size() == 1);
  CHECK(post.links[0].span.begin == text.find("Осталось"));
}

TEST_CASE("hidden addresses keep the order of the text", "[plain_post]") {
  const Post post =
      plain_post("🔗 Статья\n\nПодробности здесь", {"https://a.ru/1", "https://b.ru/2"});

  REQUIRE(post.links.size() == 2);
  CHECK(post.links[0].url == "https://a.ru/1");
  CHECK(post.links[0].span.end <= post.links[1].span.begin);
}

TEST_CASE("a hidden address without likely words counts for the post as a whole", "[plain_post]") {
  const Post post = plain_post("", {"https://a.ru/1"});

  REQUIRE(post.links.size() == 1);
  CHECK(post.links[0].span.empty());
}

TEST_CASE("mail addresses and attributes of code are no handles", "[plain_post]") {
  CHECK(plain_post("Пишите на hello@example.org").mentions.empty());
  CHECK(plain_post("x = os.path.join(a)").links.empty());
}

TEST_CASE("a channel is told from an invitation, a set of stickers and a host", "[links]") {
  CHECK(classifier::telegram_name_of("https://t.me/s/Dev_Notes/12?x") == "dev_notes");
  CHECK(classifier::telegram_name_of("@Dev_Notes") == "dev_notes");
  for (const auto* other :
       {"https://t.me/+AbCd", "t.me/addstickers/Cats", "https://t.me/12345", "dev_notes"}) {
    INFO(other);
    CHECK(classifier::telegram_name_of(other).empty());
  }
}
