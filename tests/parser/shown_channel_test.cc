#include "parser/shown_channel.h"

#include "markup/html.h"
#include "parser/page.h"
#include "support/catch.h"

using namespace qanat;
using parser::find_shown_channel;

namespace {

std::string numbered_message(const std::string& address, std::int64_t number) {
  return R"(<div class="tgme_widget_message" data-post=")" + address + R"(" data-view=")" +
         markup::base64url("{\"c\":-" + std::to_string(number) + ",\"p\":7}") + "\">text</div>";
}

ChannelName channel_named(const char* text) { return ChannelName::parse(text).value(); }

}  // namespace

TEST_CASE("a page's tags tell its channel's name and number", "[shown_channel]") {
  CHECK(find_shown_channel("<main>" + numbered_message("Some_Channel/519", 77)) ==
        ShownChannel{.name = channel_named("some_channel"), .numeric_id = 77});
  CHECK(find_shown_channel("<DIV DATA-POST='some_channel/5'>") ==
        ShownChannel{.name = channel_named("some_channel"), .numeric_id = {}});
}

TEST_CASE("so do those of a page that the parser refuses", "[shown_channel]") {
  const std::string no_utf8(64, '\xFF');
  const std::string page =
      "<html><body>" + no_utf8 + numbered_message("some_channel/519", 77) + "</body></html>";
  REQUIRE_FALSE(parser::parse_page(page));

  CHECK(find_shown_channel(page) ==
        ShownChannel{.name = channel_named("some_channel"), .numeric_id = 77});
}

TEST_CASE("what is no message tells of no channel", "[shown_channel]") {
  CHECK(find_shown_channel("") == ShownChannel());
  CHECK(find_shown_channel(R"(<a href="https://t.me/some_channel/5">data-post="a/5"</a>)") ==
        ShownChannel());
  CHECK(find_shown_channel(R"(<div data-post="/5" data-view="!!">)") == ShownChannel());
}
