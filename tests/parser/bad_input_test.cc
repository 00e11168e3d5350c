#include <chrono>
#include <random>
#include <string>

#include "base/utf8.h"
#include "page_builder.h"
#include "parser/page.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::test;

namespace {

std::string repeated(std::string_view piece, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += piece;
  return out;
}

std::string refusal(std::string_view bytes) {
  const auto page = parser::parse_page(bytes);
  REQUIRE_FALSE(page);
  CHECK(page.error().code == Errc::markup);
  return page.error().message;
}

bool names(const std::string& message, std::string_view part) {
  return message.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("an empty answer is refused by name") { CHECK(names(refusal(""), "empty")); }

TEST_CASE("bytes that are no HTML are refused") {
  CHECK(names(refusal("just words"), "no HTML"));
  CHECK(names(refusal(std::string(4096, '\0')), "no HTML"));
}

TEST_CASE("a hundred thousand nested elements are refused at the limit") {
  CHECK(names(refusal("<html>" + repeated("<div>", 100'000)), "deeper than 256 at byte"));
  CHECK(names(refusal(repeated("<span title='>'>", 1000)), "deeper than 256"));
}

TEST_CASE("fifty megabytes are refused before a byte is read") {
  CHECK(names(refusal(std::string(50'000'000, '<')), "50000000 bytes, over the limit of 8388608"));
}

TEST_CASE("a tag with too many attributes and a page with too many posts are refused") {
  CHECK(names(refusal("<p " + repeated("a ", 300) + ">x"), "more than 256 attributes"));
  const std::string posts =
      repeated("<div class='tgme_widget_message' data-post='a/1'></div>", 1001);
  CHECK(names(refusal(posts), "1001 posts on one page, over the limit of 1000"));
}

TEST_CASE("a page that would take more than its share of memory is refused") {
  CHECK(names(refusal(repeated("<p>", 1'000'000)), "more than 42000000 bytes of memory"));
}

TEST_CASE("a page cut short is told, and no half post is taken for a whole one") {
  const std::string whole = channel_page(message(7, text("раз")) + message(8, text("два три")));
  const std::size_t in_text = whole.find("два") + std::string_view{"два"}.size();
  const ChannelPage cut = parsed(std::string_view{whole}.substr(0, in_text));

  CHECK_FALSE(cut.complete);
  REQUIRE(cut.posts.size() == 1);
  CHECK(cut.posts[0].text == "раз");
  CHECK(cut.malformed.at("cut_post") == 1);
  CHECK(parsed(whole).complete);
}

TEST_CASE("a page cut anywhere is read or refused, never worse") {
  const std::string whole =
      channel_page(message(7, text("<b>раз</b> <a href=\"https://a.example\">a</a>")));
  for (std::size_t size = 0; size < whole.size(); size += 3) {
    const auto page = parser::parse_page(std::string_view{whole}.substr(0, size));
    if (!page) continue;
    INFO(size);
    CHECK(page->posts.size() <= 1);
    if (!page->posts.empty()) CHECK(page->posts[0].text == "раз a");
  }
}

TEST_CASE("a few bytes that are no UTF-8 are read as the replacement character, and counted") {
  const auto page = parser::parse_page(channel_page(message(7, text("a\xFF\xD0z"))));

  REQUIRE(page);
  CHECK(page->posts.at(0).text == "a\uFFFD\uFFFDz");
  CHECK(page->malformed.at("utf-8") == 2);
}

TEST_CASE("a page in another encoding that says nothing of it is refused") {
  const std::string word = "\xEF\xF0\xE8\xE2\xE5\xF2";  // in windows-1251
  const auto page =
      parser::parse_page(channel_page(message(7, text(word + " " + word + " " + word))));

  REQUIRE_FALSE(page);
  CHECK(page.error().code == Errc::markup);
  CHECK(page.error().message.contains("not UTF-8"));
}

TEST_CASE("a post that swallowed those behind it is skipped and told, the last one is read") {
  std::string swallowing = message(7, text("раз"));
  for (int of_message_and_wrap = 0; of_message_and_wrap < 2; ++of_message_and_wrap) {
    swallowing.resize(swallowing.rfind("</div>"));
  }
  const auto page = parser::parse_page(channel_page(swallowing + message(8, text("два"))));

  REQUIRE(page);
  CHECK(page->malformed.at("nested_post") == 1);
  CHECK(page->skipped == 1);
  REQUIRE(page->posts.size() == 1);
  CHECK(page->posts[0].text == "два");
}

TEST_CASE("a reference to no character, however long, is the replacement character") {
  for (const std::string_view none : {"&#x110000;",
                                      "&#xD800;",
                                      "&#x100000041;",
                                      "&#xFFFFFF80;",
                                      "&#XABCDEFABCDEFABCDEF;",
                                      "&#4294967361;",
                                      "&#99999999999"}) {
    INFO(none);
    CHECK(post_with_text("a" + std::string{none} + " z").text == "a\uFFFD z");
    const Post linked =
        post_with_text("<a href='https://a.example/" + std::string{none} + "'>a</a>");
    CHECK(utf8::is_valid(linked.links.at(0).url));
  }
  CHECK(post_with_text("&#x00000000000041;&#000000000066;").text == "AB");
  CHECK(post_with_text("&#10000000 &#x &# &#").text == "\uFFFD &#x &# &#");
}

TEST_CASE("random bytes and random tags never do harm") {
  std::mt19937 random{20251124};
  const std::string alphabet = "<></!-\"'= abipdv&;#x\xD0\xFF\n";
  for (int round = 0; round < 2000; ++round) {
    std::string bytes = "<div class=\"tgme_widget_message\" data-post=\"qa_notes/7\">";
    for (int i = 0; i < 200; ++i) bytes += alphabet[random() % alphabet.size()];
    const auto page = parser::parse_page(bytes);
    if (page) CHECK(page->posts.size() <= 1);
  }
}

TEST_CASE("what costs the HTML library most is refused or read in good time") {
  const auto begin = std::chrono::steady_clock::now();
  for (const std::string& hostile : {repeated("<b>x<div>", 90'000),
                                     repeated("<table><tr><td>", 60'000),
                                     repeated("</p>", 190'000) + "<p>",
                                     "<table>" + repeated("<a>x", 90'000),
                                     repeated("<!--", 1'000'000) + "<p>",
                                     "<script>" + repeated("</", 2'000'000),
                                     repeated("<svg>", 190'000)})
    CHECK((parser::parse_page(hostile) || true));
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds{60});
}

TEST_CASE("a page that says to be in another encoding than UTF-8 is refused by its name") {
  const std::string post = channel_page(message(7, text("words of charset=koi8-r")));
  const auto with = [&](std::string_view head) {
    std::string html = post;
    return html.insert(html.find("<head>") + 6, head);
  };

  CHECK(names(refusal(with("<META CHARSET=windows-1251>")), "windows-1251"));
  CHECK(names(refusal(with("<meta http-equiv=\"Content-Type\" content=\"text/html; "
                           "charset=koi8-r\">")),
              "koi8-r"));
  for (const char* fine : {"",
                           "<meta charset=\"UTF-8\">",
                           "<meta charset=''>",
                           "<meta property=\"og:description\" content=\"charset=koi8-r\">"}) {
    CAPTURE(fine);
    CHECK(parser::parse_page(with(fine)));
  }
}
