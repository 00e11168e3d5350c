#include "parser/links.h"

#include "page_builder.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::test;

namespace {

Link link_in(std::string_view markup) {
  const Post post = post_with_text(markup);
  REQUIRE(post.links.size() == 1);
  CHECK(under(post, post.links[0].span) == post.links[0].text);
  return post.links[0];
}

constexpr std::string_view kAsk = R"(onclick="return confirm('Open this link?\n\n'+this.href);")";

}  // namespace

TEST_CASE("a link that asks before it opens is unescaped once more") {
  const Link link = link_in("<a href=\"https://a.example/?x=1&amp;amp;y=2&amp;amp;copy=3\" " +
                            std::string{kAsk} + ">сюда</a>");

  CHECK(link.url == "https://a.example/?x=1&y=2&copy=3");
  CHECK(link.masked);
}

TEST_CASE("a bare address is not unescaped twice") {
  const Link link = link_in(
      "<a href=\"https://a.example/?x=1&amp;amp;y=2\">https://a.example/?x=1&amp;amp;y=2</a>");
  CHECK(link.url == "https://a.example/?x=1&amp;y=2");
  CHECK_FALSE(link.masked);
}

TEST_CASE("a link is masked when its text is not the address") {
  const std::string ask{kAsk};
  CHECK_FALSE(link_in("<a href=\"https://a.example/\">a.example</a>").masked);
  CHECK_FALSE(link_in("<a href=\"http://www.a.example/%D1%8F\">a.example/я</a>").masked);
  CHECK_FALSE(link_in("<a href=\"https://t.me/Qa_Help\">@qa_help</a>").masked);
  CHECK_FALSE(link_in("<a href=\"https://xn--e1aybc.xn--p1ai/\">тест.рф</a>").masked);
  CHECK(link_in("<a href=\"https://a.example/\" " + ask + ">b.example</a>").masked);
  CHECK(link_in("<a href=\"https://t.me/other_bot?start=1\" " + ask + ">@qa_help</a>").masked);
  CHECK(link_in("<a href=\"https://a.example/\" " + ask + ">\u200b\u200b</a>слово").masked);
  CHECK(link_in("<a href=\"https://xn--e1aybc.xn--p1ai/\" " + ask + ">тест.рф</a>").masked);
}

TEST_CASE("a name that hides a start parameter is a masked link, no mention") {
  const Post post = post_with_text(
      "<a href=\"https://t.me/qa_help_bot?start=ref7\" onclick=\"return confirm('?')\">"
      "@qa_help_bot</a>");

  CHECK(post.mentions.empty());
  REQUIRE(post.links.size() == 1);
  CHECK(post.links[0].masked);
  CHECK(entities_of(post) == "link(@qa_help_bot)");
}

TEST_CASE("relative and scheme-less links are completed") {
  CHECK(link_in("<a href=\"//a.example/x\">//a.example/x</a>").url == "https://a.example/x");
  CHECK(link_in("<a href=\"/iv?url=x\">iv</a>").url == "https://t.me/iv?url=x");
}

TEST_CASE("hashtags are hashtags, not links") {
  const Post post = post_with_text(
      "<a href=\"?q=%23%D1%82%D0%B5%D1%81%D1%82\">#тест</a> <a href=\"?q=%24TON\">$TON</a>");

  CHECK(post.hashtags == std::vector<std::string>{"#тест"});
  CHECK(post.links.empty());
  CHECK(entities_of(post) == "hashtag(#тест) cashtag($TON)");
}

TEST_CASE("a search on another site is a link, whatever its words") {
  const Post post = post_with_text(
      "<a href=\"https://search.example/?q=%23btc\">#btc</a> "
      "<a href=\"https://casino.example/?q=%24win\" onclick=\"return confirm()\">$WIN</a>");

  CHECK(post.hashtags.empty());
  REQUIRE(post.links.size() == 2);
  CHECK(post.links[0].url == "https://search.example/?q=%23btc");
  CHECK(post.links[1].masked);
}

TEST_CASE("mentions and e-mails are links too") {
  const Post post = post_with_text(
      "<a href=\"https://t.me/qa_help\">@qa_help</a> <a "
      "href=\"mailto:a@b.example\">a@b.example</a> "
      "<a href=\"tel:+79990001122\">+7 999 000-11-22</a>");

  CHECK(post.mentions == std::vector<std::string>{"@qa_help"});
  CHECK(entities_of(post) == "mention(@qa_help) email(a@b.example) phone(+7 999 000-11-22)");
  REQUIRE(post.links.size() == 3);
  for (const Link& link : post.links) CHECK_FALSE(link.masked);
}

TEST_CASE("an address with the name before the host is that name's") {
  const Post post =
      post_with(R"(<a class="tgme_widget_message_reply" href="https://qa_notes.t.me/3"></a>)" +
                text("<a href=\"https://qa_help.t.me/\">@qa_help</a>"));

  CHECK(post.reply_to.value().post == 3);
  CHECK(post.mentions == std::vector<std::string>{"@qa_help"});
  CHECK_FALSE(post.links.at(0).masked);
}

TEST_CASE("a link inside a link stands behind it, as in the text") {
  const Post post = post_with_text(
      R"(<a href="https://a.example">a <table><td><a href="https://b.example">b</a></table></a>)");
  REQUIRE(post.links.size() == 2);
  CHECK(post.links[0].url == "https://a.example");
  CHECK(post.links[1].url == "https://b.example");
}

TEST_CASE("the number of a post is read from its address only") {
  CHECK(parser::message_in("https://t.me/qa_notes/111") == 111);
  CHECK(parser::message_in("https://telegram.me/s/qa_notes/5?single") == 5);
  CHECK_FALSE(parser::message_in("https://t.me/qa_notes"));
  CHECK_FALSE(parser::message_in("https://t.me/qa_notes/0"));
  CHECK_FALSE(parser::message_in("https://a.example/qa_notes/5"));
}
