#include <map>
#include <string>
#include <string_view>

#include "page_builder.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::test;

namespace {

using Names = std::map<std::string, int>;

Names unknown_in(std::string_view body) {
  return parsed(channel_page(message(7, body))).unknown_markup;
}

std::string withheld(std::string_view label) {
  return std::string{
      R"(<div class="message_media_not_supported_wrap"><div class="message_media_not_supported"><div class="message_media_not_supported_label">)"}
      .append(label)
      .append(
          R"(</div><a href="https://t.me/qa_notes/7" class="message_media_view_in_telegram">VIEW IN TELEGRAM</a></div></div>)");
}

}  // namespace

TEST_CASE("an unknown class of a message is named and counted, whatever its family") {
  CHECK(unknown_in(R"(<div class="tgme_widget_message_hologram"></div><i class="glitter"></i>)" +
                   text(R"(<span class="glitter">да</span>)")) ==
        Names{{"glitter", 2}, {"tgme_widget_message_hologram", 1}});
}

TEST_CASE("classes that paint, number a file or steer the page's script are no news") {
  CHECK(unknown_in(R"(<i class="js-new_thing bgcolor7 user-color-15 5413653036929848039"></i>)" +
                   text(R"(<pre><code class="language-c++">a</code></pre>)"))
            .empty());
  CHECK(unknown_in(R"(<i class="bgcolor-neon user-colors"></i>)") ==
        Names{{"bgcolor-neon", 1}, {"user-colors", 1}});
}

TEST_CASE("an unknown element of a text is named and counted, and its words stay") {
  const ChannelPage page = parsed(
      channel_page(message(7, text("a <tg-math>b</tg-math> <custom-x>c</custom-x><h2>d</h2>"))));
  CHECK(page.unknown_markup == Names{{"<custom-x>", 1}, {"<h2>", 1}, {"<tg-math>", 1}});
  CHECK(page.posts.at(0).text == "a b c\nd");
}

TEST_CASE("an unknown label of what the page withholds is named") {
  CHECK(unknown_in(withheld("Please open Telegram to view this post")).empty());
  CHECK(unknown_in(withheld("This story lives in the app")) ==
        Names{{"label: This story lives in the app", 1}});
}

TEST_CASE("words that stand in no known field are not lost in silence") {
  CHECK(unknown_in("<div>слова</div>") == Names{{"text in <div>", 1}});
  CHECK(unknown_in("слова") == Names{{"text in tgme_widget_message_bubble", 1}});
  const ChannelPage page =
      parsed(channel_page(message_of(7, {.body = "", .meta = ", pinned &nbsp;"})));
  CHECK(page.unknown_markup == Names{{"text in tgme_widget_message_meta", 1}});
  CHECK_FALSE(page.posts.at(0).edited);
}

TEST_CASE("a page cannot fill the report with names") {
  std::string many;
  for (int i = 0; i < 300; ++i)
    many += "<x-" + std::to_string(i) + "></x-" + std::to_string(i) + ">";
  const Names names =
      unknown_in(many + "<i class=\"" + std::string(79, 'a') + std::string(500, 'b') + "\"></i>");
  CHECK(names.size() == 101);
  CHECK(names.at("…") == 201);
  CHECK(unknown_in("<i class=\"" + std::string(79, 'a') + "яяя\"></i>") ==
        Names{{std::string(79, 'a'), 1}});
}
