#include "page_builder.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::test;

namespace {

constexpr std::string_view kFallback =
    R"(<div class="media_not_supported_cont"><div class="message_media_not_supported_wrap"><div class="message_media_not_supported"><div class="message_media_not_supported_label">Please open Telegram to view this post</div><a href="https://t.me/qa_notes/7" class="message_media_view_in_telegram">VIEW IN TELEGRAM</a></div></div></div>)";

}  // namespace

TEST_CASE("a post's identity, address and date are the page's, whatever its host") {
  const Post post = post_with_text("да");

  CHECK(post.id.str() == "qa_notes/7");
  CHECK(post.url == "https://t.me/qa_notes/7");
  CHECK(post.published_at == parse_instant("2025-07-24T09:00:05Z"));
  CHECK(post.views == Count{.value = 1200, .text = "1.2K"});
  CHECK(post.kind == PostKind::text);
  CHECK_FALSE(post.edited);
}

TEST_CASE("a reply's quote is never part of the post's text") {
  const std::string quote =
      R"(<a class="tgme_widget_message_reply user-color-6 js-message_emoji_bg" href="https://t.me/qa_notes/3"  data-bg-emoji="540""><i class="tgme_widget_message_reply_thumb" style="background-image:url('x');"></i>
<div class="tgme_widget_message_author accent_color"><span class="tgme_widget_message_author_name" dir="auto">Кто-то</span></div>
<div class="tgme_widget_message_text js-message_reply_text" dir="auto">старый<br/>вопрос</div></a>)";

  const Post post = post_with(quote + text("ответ"));

  CHECK(post.text == "ответ");
  REQUIRE(post.reply_to);
  CHECK(*post.reply_to ==
        Reply{.post = 3, .url = "https://t.me/qa_notes/3", .text = "старый\nвопрос"});
}

TEST_CASE("a reply names a post of its own channel; another channel's has its address alone") {
  const auto reply_to = [](std::string_view url) {
    return post_with(
               std::string{R"(<a class="tgme_widget_message_reply" href=")"}.append(url).append(
                   R"("><div class="js-message_reply_text">q</div></a>)"))
        .reply_to.value();
  };
  CHECK(reply_to("https://t.me/qa_notes/5").post == 5);
  CHECK(reply_to("https://t.me/QA_Notes/5?single").post == 5);
  for (const char* other :
       {"https://t.me/other/5", "https://t.me/c/1001122334/5", "https://t.me/qa_notes/12/5"}) {
    CHECK_FALSE(reply_to(other).post);
    CHECK(reply_to(other).url == other);
    CHECK(reply_to(other).text == "q");
  }
}

TEST_CASE("a reply to media quotes the medium's name") {
  const Post post = post_with(
      R"(<a class="tgme_widget_message_reply" href="https://t.me/qa_notes/3"><div class="tgme_widget_message_metatext js-message_reply_text" dir="auto">Photo</div></a>)" +
      text("ответ"));
  CHECK(post.reply_to.value().text == "Photo");
}

TEST_CASE("a link preview is kept apart, large or small") {
  const Post large = post_with(
      text("вот") +
      R"(<a class="tgme_widget_message_link_preview" href="https://a.example/"><div class="link_preview_site_name accent_color">Сайт</div><i class="link_preview_image" style="background-image:url('https://cdn.example/l.jpg');padding-top:49%"></i><div class="link_preview_title">Тема</div><div class="link_preview_description">Раз<br/>два</div></a>)");
  CHECK(large.text == "вот");
  CHECK(large.link_preview.value() == LinkPreview{.url = "https://a.example/",
                                                  .site_name = "Сайт",
                                                  .title = "Тема",
                                                  .description = "Раз\nдва",
                                                  .image_url = "https://cdn.example/l.jpg"});
  CHECK(large.kind == PostKind::text);

  const Post small = post_with(
      R"(<a class="tgme_widget_message_link_preview" href="https://a.example/"><i class="link_preview_right_image" style="background-image:url('https://cdn.example/r.jpg');"></i></a>)");
  CHECK(small.link_preview.value().image_url == "https://cdn.example/r.jpg");
}

TEST_CASE("a preview with a video shows the video's first frame") {
  const Post post = post_with(
      text("вот") +
      R"(<a class="tgme_widget_message_link_preview" href="https://a.example/"><div class="link_preview_video_player"><i class="link_preview_video_thumb" style="background-image:url('https://cdn.example/t.jpg');"></i><div class="link_preview_video_wrap"><video class="link_preview_video" src="https://cdn.example/v.mp4"></video></div></div><div class="link_preview_title">Кино</div></a>)");
  CHECK(post.link_preview.value().image_url == "https://cdn.example/t.jpg");
  CHECK(post.link_preview.value().title == "Кино");
  CHECK(post.media.empty());

  CHECK(
      post_with(
          R"(<a class="tgme_widget_message_link_preview" href="https://a.example/"><div class="link_preview_embed"><iframe src="https://v.example/e"></iframe></div><div class="link_preview_title">Кино</div></a>)")
          .link_preview.value() == LinkPreview{.url = "https://a.example/", .title = "Кино"});
}

TEST_CASE("the bot is found wherever the page names it, and is not the quoted post's") {
  constexpr std::string_view kBot =
      R"(<a class="tgme_widget_message_via_bot" href="https://t.me/gif">@gif</a>)";
  CHECK(
      post_with(
          std::string{
              R"(<div class="tgme_widget_message_forwarded_from">Forwarded from <a class="tgme_widget_message_forwarded_from_name" href="https://t.me/src/97">S</a> via )"}
              .append(kBot)
              .append("</div>"))
          .via_bot == "@gif");
  CHECK(post_with(std::string{kBot}).via_bot == "@gif");
  CHECK(
      post_with(
          R"(<a class="tgme_widget_message_reply" href="https://t.me/qa_notes/3"><div class="tgme_widget_message_author">Q via <span class="tgme_widget_message_via_bot">@gif</span></div></a>)")
          .via_bot.empty());
}

TEST_CASE("a Russian page's edited mark and forward are read too") {
  CHECK(post_of({.meta = "изменено &nbsp;"}).edited);
  CHECK(post_with(R"(<div class="tgme_widget_message_forwarded_from">переслано из Кто-то</div>)")
            .forwarded_from.value()
            .name == "Кто-то");
}

TEST_CASE("an album nested in the supported branch is not withheld") {
  const Post post = post_with(
      R"(<div class="media_supported_cont"><div class="tgme_widget_message_one_media js-message_media"><div class="media_supported_cont"><div class="tgme_widget_message_grouped_wrap"><a class="tgme_widget_message_photo_wrap grouped_media_wrap" style="background-image:url('https://cdn.example/1.jpg');" href="https://t.me/qa_notes/7?single"></a></div></div>)" +
      std::string{kFallback} + "</div>" + text("подпись") + "</div>" + std::string{kFallback});
  CHECK(post.kind == PostKind::photo);
  CHECK(post.text == "подпись");
  CHECK(post.media.size() == 1);
}

TEST_CASE("a quiz tells its type") {
  CHECK(
      post_with(
          R"(<div class="tgme_widget_message_poll"><div class="tgme_widget_message_poll_question">Что?</div><div class="tgme_widget_message_poll_type">Anonymous Quiz</div></div>)")
          .poll.value()
          .type == "Anonymous Quiz");
}

TEST_CASE("the branch for old browsers is not the post") {
  const Post post = post_with("<div class=\"media_supported_cont\">" + text("настоящий") +
                              "</div>" + std::string{kFallback});
  CHECK(post.text == "настоящий");
  CHECK(post.kind == PostKind::text);
  CHECK(post.media.empty());
}

TEST_CASE("a post that only Telegram shows is withheld, not empty") {
  CHECK(post_with(kFallback).kind == PostKind::withheld);
  CHECK(post_with("<div class=\"media_supported_cont\"></div>" + std::string{kFallback}).kind ==
        PostKind::withheld);
}

TEST_CASE("media that the page withholds is told beside the caption") {
  const Post post = post_with(
      R"(<div class="message_media_not_supported_wrap"><div class="message_media_not_supported"><div class="message_media_not_supported_label">This media is not supported in your browser</div></div></div>)" +
      text("подпись"));
  CHECK(post.text == "подпись");
  CHECK(post.kind == PostKind::text);
  CHECK(post.media == std::vector<Media>{{.type = MediaType::unsupported}});
}

TEST_CASE("a forward names its source, with or without an address") {
  const auto forward = [](std::string_view inside) {
    return post_with(
               std::string{
                   R"(<div class="tgme_widget_message_forwarded_from accent_color">Forwarded from&nbsp;)"}
                   .append(inside)
                   .append("</div>") +
               text("да"))
        .forwarded_from.value();
  };
  CHECK(
      forward(
          R"(<a class="tgme_widget_message_forwarded_from_name" href="https://t.me/src/97"><span dir="auto">Источник</span></a>&nbsp;(<span class="tgme_widget_message_forwarded_from_author" dir="auto">Анна</span>))") ==
      Forward{.name = "Источник", .url = "https://t.me/src/97", .author = "Анна"});
  CHECK(forward(
            R"(<span class="tgme_widget_message_forwarded_from_name" dir="auto">Скрытый</span>)") ==
        Forward{.name = "Скрытый"});
  CHECK(forward("Кто-то").name == "Кто-то");
}

TEST_CASE("signature, edited mark and bot are told apart in one line") {
  const Post post = post_of(
      {.body =
           R"(<div class="tgme_widget_message_author accent_color"><a class="tgme_widget_message_owner_name" href="https://t.me/qa_notes">Q</a> via <a class="tgme_widget_message_via_bot" href="https://t.me/gif">@gif</a></div>)",
       .meta =
           R"(<span class="tgme_widget_message_from_author" dir="auto">edited by Анна</span>,&nbsp;edited &nbsp;)"});
  CHECK(post.author == "edited by Анна");
  CHECK(post.edited);
  CHECK(post.via_bot == "@gif");

  CHECK_FALSE(
      post_of(
          {.meta = R"(<span class="tgme_widget_message_from_author">edited by Анна</span>,&nbsp;)"})
          .edited);
}

TEST_CASE("reactions: plain, custom and paid") {
  const Post post = post_with(
      text("да") +
      R"(<div class="tgme_widget_message_reactions js-message_reactions"><span class="tgme_reaction tgme_reaction_paid"><i class="icon icon-telegram-stars"></i>2.49K</span><span class="tgme_reaction"><i class="emoji"><b>❤</b></i>56</span><span class="tgme_reaction"><tg-emoji emoji-id="526"></tg-emoji>23.4K</span><span style="visibility: hidden"></span></div>)");
  CHECK(post.reactions ==
        std::vector<Reaction>{
            {.paid = true, .count = {.value = 2490, .text = "2.49K"}},
            {.emoji = "❤", .count = {.value = 56, .text = "56"}},
            {.custom_emoji_id = "526", .count = {.value = 23400, .text = "23.4K"}}});
}

TEST_CASE("only buttons with an address are kept; they stand below the bubble") {
  const Post post = post_of(
      {.body = "",
       .below =
           R"(<div class="tgme_widget_message_inline_keyboard"><div class="tgme_widget_message_inline_row"><a class="tgme_widget_message_inline_button url_button" href="https://a.example/?a=1&amp;amp;b=2" onclick="return confirm('Open this link?');"><span class="tgme_widget_message_inline_button_text" dir="auto"><i class="emoji"><b>✅</b></i> Откликнуться</span></a><a class="tgme_widget_message_inline_button" href="https://t.me/qa_notes/7"><span class="tgme_widget_message_inline_button_text">Лайк</span></a></div></div>)"});
  CHECK(post.buttons ==
        std::vector<Button>{{.text = "✅ Откликнуться", .url = "https://a.example/?a=1&b=2"}});
}

TEST_CASE("a poll keeps its words and its percentages") {
  const auto option = [](std::string_view percent, std::string_view words) {
    return std::string{
        R"(<div class="tgme_widget_message_poll_option"><div class="tgme_widget_message_poll_option_percent">)"}
        .append(percent)
        .append(
            R"(</div><div class="tgme_widget_message_poll_option_value"><div class="tgme_widget_message_poll_option_text">)")
        .append(words)
        .append(
            R"(</div><div class="tgme_widget_message_poll_option_bar" style="width:100%"></div></div></div>)");
  };
  const std::string body =
      R"(<div class="tgme_widget_message_poll js-poll"><div class="tgme_widget_message_poll_question">Что?</div><div class="tgme_widget_message_poll_type">Anonymous Poll</div><a class="tgme_widget_message_poll_options" href="https://t.me/qa_notes/7">)" +
      option("61%", "А") + option("lots", "Б") + "</a></div>";
  const ChannelPage page = parsed(channel_page(message_of(
      7,
      {.body = body,
       .info =
           R"(<span class="tgme_widget_message_voters">1.2K</span><span class="copyonly"> voters</span>)"})));

  REQUIRE(page.posts.size() == 1);
  CHECK(page.posts[0].kind == PostKind::poll);
  CHECK(page.posts[0].poll.value() ==
        Poll{.question = "Что?",
             .type = "Anonymous Poll",
             .voters_text = "1.2K",
             .options = {{.text = "А", .percent = 61}, {.text = "Б"}}});
  CHECK(page.malformed.at("poll_percent") == 1);
}

TEST_CASE("service posts are told from the channel's own words") {
  const std::string body =
      R"(<a class="tgme_widget_message_service_photo" href="https://t.me/qa_notes/7"><img src="https://cdn.example/p.jpg"></a>)" +
      text(
          R"(<a class="tgme_widget_message_author_name" href="https://t.me/qa_notes"><span dir="auto">Q</span></a> updated photo)");
  const Post post =
      post_of({.state = "service_message service_message_photo", .body = body, .info = ""});

  CHECK(post.kind == PostKind::service);
  CHECK(post.text == "Q updated photo");
  CHECK(post.media.at(0).url == "https://cdn.example/p.jpg");
  CHECK(post.views == Count{});
  CHECK_FALSE(post.links.at(0).masked);
}

TEST_CASE("a message that does not say which it is is skipped and counted") {
  std::string nameless = message(8, text("нет"));
  nameless.replace(nameless.find("data-post"), 9, "data-pots");
  std::string broken = message(9, text("нет"));
  broken.replace(broken.find("qa_notes/9"), 10, "qa_notes/x");

  const ChannelPage page = parsed(channel_page(nameless + message(10, text("да")) + broken));

  CHECK(page.posts.size() == 1);
  CHECK(page.skipped == 2);
}
