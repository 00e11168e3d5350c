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

TEST_CASE("pictures and players in a text are named, and their words stay") {
  const ChannelPage page = parsed(channel_page(
      message(7,
              text("a <img src=\"https://x.example/i\" alt=\"b\"> <video src=\"/v\">c</video> "
                   "<iframe src=\"https://x.example/\"></iframe>d"))));
  CHECK(page.unknown_markup ==
        Names{{"<iframe> in a text", 1}, {"<img> in a text", 1}, {"<video> in a text", 1}});
  CHECK(page.posts.at(0).text == "a b c d");
}

TEST_CASE("elements of a text that cannot stand there are named, and their words stay") {
  const ChannelPage page = parsed(channel_page(
      message(7, text("a <td>b</td> <textarea>c <b></textarea> <select><option>d</select>"))));
  CHECK(page.unknown_markup ==
        Names{{"<td>", 1}, {"<textarea>", 1}, {"<select>", 1}, {"<option>", 1}});
  CHECK(page.posts.at(0).text == "a b c <b> d");
}

TEST_CASE("what is new in the channel's header is named") {
  std::string html = channel_page(message(7, text("a")));
  html.insert(
      html.find("<main"),
      R"(<div class="tgme_channel_info"><div class="tgme_channel_info_header"><div class="tgme_channel_info_header_title"><span>QA</span></div><div class="tgme_channel_info_header_labels"><i class="scam-icon bgcolor2"></i><tg-rank>1</tg-rank></div></div><div class="tgme_footer"><h5 class="unread">About</h5></div></div>)");
  CHECK(parsed(html).unknown_markup == Names{{"scam-icon", 1}, {"<tg-rank>", 1}});
}
