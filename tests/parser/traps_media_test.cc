// Media and kinds: docs/traps.md, B.
#include <initializer_list>
#include <string>
#include <utility>

#include "base/post.h"
#include "page_builder.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::test;

namespace {

constexpr std::string_view kTooBig =
    R"(<div class="message_media_not_supported_wrap"><div class="message_media_not_supported"><div class="message_media_not_supported_label">Media is too big</div><span class="message_media_view_in_telegram">VIEW IN TELEGRAM</span></div></div>)";
constexpr std::string_view kMediaFallback =
    R"(<div class="media_not_supported_cont"><div class="message_media_not_supported_wrap"><div class="message_media_not_supported"><div class="message_media_not_supported_label">Please open Telegram to view this post</div></div></div></div>)";
constexpr std::string_view kDuration = R"(<time class="message_video_duration">1:01:12</time>)";

/// A player without a frame, a source and a size.
std::string bare_player(std::string_view state, std::string_view inside) {
  return std::string{R"(<a class="tgme_widget_message_video_player )"}
      .append(state)
      .append(
          R"( js-message_video_player" href="https://t.me/qa_notes/7"><div class="tgme_widget_message_video_wrap"></div>)")
      .append(inside)
      .append("</a>");
}

std::string shown(std::string_view inside) {
  return std::string{R"(<div class="media_supported_cont">)"}.append(inside).append("</div>");
}

std::string item(std::string_view kind, int id, std::string_view inside = {}) {
  return std::string{"<a class=\"tgme_widget_message_"}
      .append(kind)
      .append(
          " grouped_media_wrap blured\" style=\"width:225px;height:263px;\" "
          "href=\"https://t.me/qa_notes/")
      .append(std::to_string(id))
      .append("?single\">")
      .append(inside)
      .append("</a>");
}

/// One body for each kind of medium, its addresses on `host`.
std::vector<std::pair<PostKind, std::string>> bodies(const std::string& host) {
  return {
      {PostKind::photo,
       "<a class=\"tgme_widget_message_photo_wrap\" href=\"https://t.me/qa_notes/7\" "
       "style=\"width:800px;background-image:url('" +
           host + "/p.jpg')\"></a>"},
      {PostKind::video,
       bare_player("", "<video src=\"" + host + "/v.mp4\"></video>" + std::string{kDuration})},
      {PostKind::gif, bare_player("", "<video src=\"" + host + "/g.mp4\"></video>")},
      {PostKind::round_video,
       "<div class=\"tgme_widget_message_roundvideo_player\"><video src=\"" + host +
           "/r.mp4\"></video></div>"},
      {PostKind::voice,
       "<a class=\"tgme_widget_message_voice_player\"><audio src=\"" + host +
           "/v.oga\"></audio><div class=\"bar\"><s></s></div></a>"},
      {PostKind::audio,
       R"(<a class="tgme_widget_message_document_wrap"><div class="tgme_widget_message_document_icon audio"></div></a>)"},
      {PostKind::document,
       R"(<a class="tgme_widget_message_document_wrap"><div class="tgme_widget_message_document_icon"></div></a>)"},
      {PostKind::sticker,
       "<i class=\"tgme_widget_message_sticker\" data-webp=\"" + host + "/s.webp\"></i>"}};
}

}  // namespace

TEST_CASE("a video that the page does not play is a video and no post that is withheld") {
  const std::string duration{kDuration};
  for (const std::string& inside :
       {std::string{kTooBig}, duration + std::string{kTooBig}, duration}) {
    INFO(inside);
    const ChannelPage page =
        parsed(channel_page(message(7, bare_player("not_supported", inside) + text("подпись"))));

    REQUIRE(page.posts.size() == 1);
    const Post& post = page.posts.front();
    CHECK(post.kind == PostKind::video);
    CHECK(post.text == "подпись");
    REQUIRE(post.media.size() == 1);
    CHECK(post.media[0].url.empty());
    CHECK(page.malformed.empty());
  }
}

TEST_CASE("an album inside the branches for new browsers is one post, videos where they stand") {
  const std::string media = shown(
      R"(<div class="tgme_widget_message_grouped_wrap"><div class="tgme_widget_message_grouped">)" +
      item("video_player", 7, kDuration) + item("photo_wrap", 9) +
      item("video_player", 10, kDuration) + "</div></div>" + text(text("подпись")));
  const ChannelPage page = parsed(channel_page(
      message(7, shown(media) + std::string{kMediaFallback}) + message(12, text("да"))));

  REQUIRE(page.posts.size() == 2);
  const Post& album = page.posts.front();
  CHECK(album.id.message == 7);
  CHECK(album.album == std::vector<MessageId>{7, 9, 10});
  REQUIRE(album.media.size() == 3);
  CHECK(album.media[0].type == MediaType::video);
  CHECK(album.media[1].type == MediaType::photo);
  CHECK(album.media[2].type == MediaType::video);
  CHECK(album.text == "подпись");
  CHECK(page.posts[1].album.empty());
}

TEST_CASE("a post of media alone has a kind, a date, and an empty text") {
  for (const auto& [kind, body] : bodies("https://cdn1.example/file")) {
    const Post post = post_with(body);
    INFO(body);
    CHECK(post.kind == kind);
    CHECK(post.published_at);
    CHECK(post.text.empty());
    CHECK(post.entities.empty());
  }
}

TEST_CASE("a post whose media moved to another host is the same post") {
  const auto before = bodies("https://cdn1.example/file");
  const auto after = bodies("https://cdn4.example.org/file/other");
  for (std::size_t i = 0; i < before.size(); ++i)
    CHECK(content_sha256(post_with(before[i].second)) ==
          content_sha256(post_with(after[i].second)));
  CHECK(post_with(before[0].second).media[0].url != post_with(after[0].second).media[0].url);
}

TEST_CASE("a notice of the page is a service post, whatever it quotes, and has no views") {
  const std::string pinned =
      R"(<a class="tgme_widget_message_author_name" href="https://t.me/qa_notes"><span dir="auto">Вопросы</span></a> pinned «Скидка 30% по коду…»)";
  const Post post = post_of({.state = "service_message", .body = text(pinned), .info = ""});

  CHECK(post.kind == PostKind::service);
  CHECK(post.text == "Вопросы pinned «Скидка 30% по коду…»");
  CHECK(post.views == Count{});
  CHECK(post_with_text(pinned).kind == PostKind::text);
}
