// What is, and what is not, the text of a post: docs/traps.md, A.
#include <initializer_list>
#include <string>

#include "page_builder.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::test;

namespace {

constexpr std::string_view kPromotion = "Скидка по коду <b>NEBO</b> #shop @shop_qa";

constexpr std::string_view kWithheld =
    R"(<div class="message_media_not_supported_wrap"><div class="message_media_not_supported"><div class="message_media_not_supported_label">This media is not supported in your browser</div><span class="message_media_view_in_telegram">VIEW IN TELEGRAM</span></div></div>)";

std::string in(std::string_view tag, std::string_view attributes, std::string_view content) {
  return std::string{"<"}
      .append(tag)
      .append(" ")
      .append(attributes)
      .append(">")
      .append(content)
      .append("</")
      .append(tag)
      .append(">");
}

void check_only_words(const Post& post, std::string_view words) {
  CHECK(post.text == words);
  CHECK(post.entities.empty());
  CHECK(post.links.empty());
  CHECK(post.hashtags.empty());
  CHECK(post.mentions.empty());
}

}  // namespace

TEST_CASE("nothing that a reply quotes is the post's, in the markup of any year") {
  for (const std::string_view quoted : {"tgme_widget_message_text js-message_reply_text",
                                        "tgme_widget_message_metatext js-message_reply_text",
                                        "tgme_widget_message_text js-message_text"}) {
    INFO(quoted);
    const std::string quote =
        in("div", "class=\"" + std::string{quoted} + "\" dir=\"auto\"", kPromotion);
    const Post post = post_with(
        in("a", R"(class="tgme_widget_message_reply" href="https://t.me/qa_notes/3")", quote) +
        text("ответ"));

    check_only_words(post, "ответ");
    CHECK(post.reply_to.value().post == 3);
  }
}

TEST_CASE("the words are the author's to the last sign: nothing is added, nothing is escaped") {
  for (const std::string_view words : {"Кончается буквой",
                                       "Ends with a letter",
                                       "- не список",
                                       "*не жирно* и _не курсив_",
                                       "[скобки](a) и `код`",
                                       "1. раз",
                                       "a\\b | c",
                                       "# не заголовок"}) {
    check_only_words(post_with_text(words), words);
    CHECK(post_with_text(in("blockquote", "", words)).text == words);
  }
}

TEST_CASE("no word of the page's own enters the text") {
  const std::string player = in(
      "a",
      R"(class="tgme_widget_message_video_player" href="https://t.me/qa_notes/7")",
      R"(<div class="tgme_widget_message_video_wrap"><video src="https://cdn.example/v.mp4"></video></div><time class="message_video_duration">0:09</time>)" +
          std::string{kWithheld});
  const Post post = post_of(
      {.body =
           R"(<div class="tgme_widget_message_forwarded_from">Forwarded from&nbsp;<a class="tgme_widget_message_forwarded_from_name" href="https://t.me/src/9">Источник</a></div>)" +
           player +
           text("Ответ: <tg-spoiler>42</tg-spoiler> <tg-emoji emoji-id=\"5\"><i class=\"emoji\">"
                "<b>🔥</b></i></tg-emoji>") +
           R"(<div class="tgme_widget_message_reactions"><span class="tgme_reaction"><i class="emoji"><b>❤</b></i>56</span></div>)",
       .meta = R"(<span class="tgme_widget_message_from_author">Анна</span>,&nbsp;edited &nbsp;)",
       .below =
           R"(<div class="tgme_widget_message_inline_keyboard"><a class="tgme_widget_message_inline_button url_button" href="https://a.example/"><span class="tgme_widget_message_inline_button_text">Открыть</span></a></div>)"});

  CHECK(post.text == "Ответ: 42 🔥");
}

TEST_CASE("an emoji is read once, wherever it stands") {
  const Post post = post_with_text(
      "<b>Раз <tg-emoji emoji-id=\"1\"><i class=\"emoji\"><b>🔥</b></i></tg-emoji></b>"
      "<a href=\"https://a.example/\" onclick=\"\"><i class=\"emoji\"><b>👉</b></i> сюда</a>"
      "<blockquote><i class=\"emoji\"><b>💡</b></i></blockquote>");

  CHECK(post.text == "Раз 🔥👉 сюда\n💡");
  CHECK(entities_of(post) == "bold(Раз 🔥) custom_emoji(🔥) link(👉 сюда) quote(💡)");
}

TEST_CASE("a post that is one quote has its text, open or collapsed") {
  for (const std::string_view attributes : {"", "expandable"}) {
    const Post post = post_with_text(in("blockquote", attributes, "раз<br/>два"));
    CHECK(post.text == "раз\nдва");
    CHECK(post.kind == PostKind::text);
  }
}

TEST_CASE("a caption is read beside media that the browser cannot show") {
  const Post post = post_with(std::string{kWithheld} +
                              in("div", R"(class="media_supported_cont")", text("подпись")));

  CHECK(post.text == "подпись");
  CHECK(post.media == std::vector<Media>{{.type = MediaType::unsupported}});
}

TEST_CASE("nothing that a link preview says is the post's") {
  const std::string parts = in("div", R"(class="link_preview_site_name")", "Магазин") +
                            in("div", R"(class="link_preview_title")", "Распродажа") +
                            in("div", R"(class="link_preview_description")", kPromotion);
  const Post post = post_with(
      text("статья") +
      in("a", R"(class="tgme_widget_message_link_preview" href="https://a.example/")", parts));

  check_only_words(post, "статья");
  CHECK(post.link_preview.value().description == "Скидка по коду NEBO #shop @shop_qa");
}

TEST_CASE("a search link of the page leads to its own channel, and a hashtag nowhere") {
  const Post post = post_with_text("<a href=\"?q=%23cpp\">#cpp</a> <a href=\"?q=nebo\">небо</a>");

  CHECK(post.hashtags == std::vector<std::string>{"#cpp"});
  REQUIRE(post.links.size() == 1);
  CHECK(post.links[0].url == "https://t.me/s/qa_notes?q=nebo");
}
