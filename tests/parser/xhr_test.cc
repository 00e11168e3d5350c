#include "parser/xhr.h"

#include <string>

#include "page_builder.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::test;

namespace {

std::string as_json(std::string_view html) {
  std::string out = "\"";
  for (const char c : html) {
    if (c == '"' || c == '\\' || c == '/') out += '\\';
    if (c == '\n')
      out += "\\n";
    else
      out += c;
  }
  return out + "\"";
}

}  // namespace

TEST_CASE("an answer to the page's script is read like a page") {
  const std::string html =
      R"(<div class="tgme_widget_message_centered js-messages_more_wrap"><a href="/s/qa_notes?before=5" class="tme_messages_more js-messages_more" data--before="5"></a></div>)" +
      message(7, text("да &quot;нет&quot;"));

  const ChannelPage page = parsed(as_json(html));

  CHECK(page.kind == PageKind::channel);
  CHECK(page.complete);
  CHECK(page.before == 5);
  REQUIRE(page.posts.size() == 1);
  CHECK(page.posts[0].text == "да \"нет\"");
}

TEST_CASE("an answer to the page's script holds the very posts of the page") {
  const std::string messages =
      message(7, text("раз<br/>два <a href=\"https://a.example/?a=1&amp;b=2\">тут</a>")) +
      message(9, text("три 🔥"));

  CHECK(parsed(as_json(messages)).posts == parsed(channel_page(messages)).posts);
}

TEST_CASE("an answer to the page's script that says \"No posts found\" is an empty page") {
  const ChannelPage page = parsed(as_json(
      R"(<div class="tgme_widget_message_wrap"><div class="tgme_widget_message_centered"><div class="tme_no_messages_found">No posts found</div></div></div>)"));

  CHECK(page.kind == PageKind::channel);
  CHECK(page.complete);
  CHECK(page.posts.empty());
  CHECK(page.skipped == 0);
}

TEST_CASE("escapes of JSON become characters") {
  CHECK(parser::decode_xhr(R"("a\u0434\ud83d\ude00\/\n\ud83d.")").value().html == "aд😀/\n\uFFFD.");
}

TEST_CASE("an answer cut short is told") {
  CHECK_FALSE(parser::decode_xhr(R"("<p>a)").value().complete);
  CHECK_FALSE(parser::decode_xhr(R"("<p>a\u04)").value().complete);
  CHECK_FALSE(parser::decode_xhr("\"<p>a\\").value().complete);
}

TEST_CASE("an escape that JSON does not have is refused with its byte") {
  const auto page = parser::decode_xhr(R"("<p>\q</p> and more")");
  REQUIRE_FALSE(page);
  CHECK(page.error().code == Errc::markup);
  CHECK(page.error().message.find("byte 4") != std::string::npos);
}
