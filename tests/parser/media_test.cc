#include "page_builder.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::test;

namespace {

Media medium_in(std::string_view body) {
  const Post post = post_with(body);
  REQUIRE(post.media.size() == 1);
  return post.media[0];
}

constexpr std::string_view kNotSupported =
    R"(<div class="message_media_not_supported_wrap"><div class="message_media_not_supported">)"
    R"(<div class="message_media_not_supported_label">This media is not supported in your browser</div>)"
    R"(<span class="message_media_view_in_telegram">VIEW IN TELEGRAM</span></div></div>)";

std::string video(std::string_view classes, std::string_view inside, std::string_view after) {
  return std::string{R"(<a class="tgme_widget_message_video_player )"}
      .append(classes)
      .append(R"(" href="https://t.me/qa_notes/7"><i class="tgme_widget_message_video_thumb"></i>)")
      .append(
          R"(<div class="tgme_widget_message_video_wrap" style="width:1616px;padding-top:118.44059405941%">)")
      .append(inside)
      .append("</div>")
      .append(after)
      .append(kNotSupported)
      .append("</a>");
}

constexpr std::string_view kPlay =
    R"(<div class="message_video_play"></div><time class="message_video_duration">2:02</time>)";

}  // namespace

TEST_CASE("a photo's address and size come from its style") {
  const Post post = post_with(
      R"(<a class="tgme_widget_message_photo_wrap blured 5413 1260_46" href="https://t.me/qa_notes/7" style="width:800px;background-image:url('https://cdn4.example/file/X.jpg');">
  <div class="tgme_widget_message_photo" style="width:80%;padding-top:56.25%"></div></a>)");

  CHECK(post.kind == PostKind::photo);
  REQUIRE(post.media.size() == 1);
  CHECK(post.media[0] == Media{.type = MediaType::photo,
                               .url = "https://cdn4.example/file/X.jpg",
                               .width = 800,
                               .height = 450});
  CHECK(post.album.empty());
}

TEST_CASE("a player with a duration or a button is a video, one with neither is a GIF") {
  const std::string source =
      R"(<video src="//cdn.example/v.mp4?token=1" class="tgme_widget_message_video"></video>)";

  CHECK(medium_in(video("js-message_video_player", source, kPlay)) ==
        Media{.type = MediaType::video,
              .url = "https://cdn.example/v.mp4?token=1",
              .width = 1616,
              .height = 1914,
              .duration_seconds = 122});
  CHECK(medium_in(video("", source, R"(<div class="message_video_play"></div>)")).type ==
        MediaType::video);
  CHECK(medium_in(video("js-message_video_player", source, "")).type == MediaType::gif);
}

TEST_CASE("a video that is too big has no address and is still a video") {
  const Media media = medium_in(video("not_supported", "", kPlay));
  CHECK(media.type == MediaType::video);
  CHECK(media.url.empty());
  CHECK(media.duration_seconds == 122);
}

TEST_CASE("a video's duration is never the post's date") {
  CHECK(post_with(video("", "", kPlay)).published_at == parse_instant("2025-07-24T09:00:05Z"));
}

TEST_CASE("an album's items stand in page order under the ids they cover") {
  const auto item = [](std::string_view kind, std::string_view id, std::string_view inside) {
    return std::string{"<a class=\"tgme_widget_message_"}
        .append(kind)
        .append(
            " grouped_media_wrap blured\" style=\"left:0px;top:0px;width:225px;height:263px;"
            "background-image:url('https://cdn.example/")
        .append(id)
        .append(".jpg')\" data-ratio=\"1.5\" href=\"https://t.me/qa_notes/")
        .append(id)
        .append("?single\">")
        .append(inside)
        .append("</a>");
  };
  const std::string body =
      R"(<div class="media_supported_cont"><div class="tgme_widget_message_grouped_wrap"><div class="tgme_widget_message_grouped"><div class="tgme_widget_message_grouped_layer">)" +
      item("photo_wrap", "7", "") + item("video_player", "8", std::string{kPlay}) +
      item("photo_wrap", "10", "") + "</div></div></div>" + text("подпись") + "</div>";

  const Post post = post_with(body);

  CHECK(post.album == std::vector<MessageId>{7, 8, 10});
  REQUIRE(post.media.size() == 3);
  CHECK(post.media[0].url == "https://cdn.example/7.jpg");
  CHECK(post.media[1].type == MediaType::video);
  CHECK(post.media[1].width == 225);
  CHECK(post.media[2].height == 263);
  CHECK(post.text == "подпись");
}

TEST_CASE("voice and round videos tell their length") {
  const Media voice = medium_in(
      R"(<a class="tgme_widget_message_voice_player" href="https://t.me/qa_notes/7"><audio class="tgme_widget_message_voice" src="https://cdn.example/v.oga" data-ogg></audio>
<div class="bar"><s style="height:4%"></s></div><time class="tgme_widget_message_voice_duration">1:02:03</time></a>)");
  CHECK(voice == Media{.type = MediaType::voice,
                       .url = "https://cdn.example/v.oga",
                       .duration_seconds = 3723});

  const Post round = post_with(
      R"(<div class="tgme_widget_message_roundvideo_player"><div class="tgme_widget_message_roundvideo_wrap"><video class="tgme_widget_message_roundvideo" src="https://cdn.example/r.mp4"></video></div><time class="tgme_widget_message_roundvideo_duration">0:09</time>)" +
      std::string{kNotSupported} + "</div>");
  CHECK(round.kind == PostKind::round_video);
  CHECK(round.media.at(0).duration_seconds == 9);
}

TEST_CASE("music is told from files by its icon") {
  const Media media = medium_in(
      R"(<a class="tgme_widget_message_document_wrap" href="https://t.me/qa_notes/7"><div class="tgme_widget_message_document_icon accent_bg audio"></div><div class="tgme_widget_message_document"><div class="tgme_widget_message_document_title" dir="auto">Песня</div><div class="tgme_widget_message_document_extra" dir="auto">Автор</div></div></a>)");
  CHECK(media == Media{.type = MediaType::audio, .title = "Песня", .extra = "Автор"});
}

TEST_CASE("stickers of all years have an address and tell how they move") {
  const auto wrapped = [](std::string_view inside) {
    return std::string{
        R"(<div class="message_media_not_supported_wrap media_not_supported_cont"><div class="message_media_not_supported_label">This media is not supported in your browser</div></div><div class="tgme_widget_message_sticker_wrap media_supported_cont"><a href="https://t.me/qa_notes/7">)"}
        .append(inside)
        .append("</a></div>");
  };
  CHECK(
      medium_in(wrapped(
          R"(<i class="tgme_widget_message_sticker" style="background-image:url('https://cdn.example/o.webp');padding-top:109.6359%;width:467px;"></i>)")) ==
      Media{.type = MediaType::sticker,
            .url = "https://cdn.example/o.webp",
            .width = 467,
            .height = 512});
  CHECK(
      medium_in(wrapped(
          R"(<i class="tgme_widget_message_sticker js-sticker_image" data-webp="https://cdn.example/n.webp" style="background-image:url('data:image/svg+xml;base64,AA');"></i>)")) ==
      Media{.type = MediaType::sticker, .url = "https://cdn.example/n.webp"});
  CHECK(
      medium_in(wrapped(
          R"(<picture class="tgme_widget_message_tgsticker"><source type="application/x-tgsticker" srcset="https://cdn.example/a.tgs"><img src="x"></picture>)")) ==
      Media{.type = MediaType::sticker, .url = "https://cdn.example/a.tgs", .extra = "animated"});
  CHECK(
      medium_in(wrapped(
          R"(<div class="tgme_widget_message_videosticker"><video class="js-videosticker_video" src="https://cdn.example/s.webm"></video></div>)")) ==
      Media{.type = MediaType::sticker, .url = "https://cdn.example/s.webm", .extra = "video"});
}

TEST_CASE("places and people keep what the page says of them") {
  CHECK(
      medium_in(
          R"(<a class="tgme_widget_message_location_wrap" href="https://maps.google.com/maps?q=53.9,27.56&ll=53.9,27.56"><div class="tgme_widget_message_location"></div></a>)")
          .extra == "53.9,27.56");
  const Media venue = medium_in(
      R"(<a class="tgme_widget_message_location_wrap" href="https://maps.google.com/maps?q=1,2"><div class="tgme_widget_message_location_info"><div class="tgme_widget_message_location_title">Кафе</div><div class="tgme_widget_message_location_address">ул. Мира, 1</div></div></a>)");
  CHECK(venue.type == MediaType::venue);
  CHECK(venue.extra == "ул. Мира, 1");
  CHECK(
      medium_in(
          R"(<a class="tgme_widget_message_contact_wrap"><div class="tgme_widget_message_contact"><div class="tgme_widget_message_contact_name">Анна</div><div class="tgme_widget_message_contact_phone">+7 000</div></div></a>)") ==
      Media{.type = MediaType::contact, .title = "Анна", .extra = "+7 000"});
}

TEST_CASE("invoices and games keep their words, price and picture") {
  CHECK(
      medium_in(
          R"(<a class="tgme_widget_message_invoice_wrap" href="https://t.me/qa_notes/7"><div class="tgme_widget_message_invoice"><i class="tgme_widget_message_invoice_image" style="background-image:url('https://cdn.example/i.jpg');"></i><div class="tgme_widget_message_invoice_title">Книга</div><div class="tgme_widget_message_invoice_description">О рыбах</div><div class="tgme_widget_message_invoice_total">5.00 €</div></div></a>)") ==
      Media{.type = MediaType::invoice,
            .url = "https://cdn.example/i.jpg",
            .title = "Книга",
            .extra = "5.00 €\nО рыбах"});
  CHECK(
      medium_in(
          R"(<div class="tgme_widget_message_game"><div class="tgme_widget_message_game_title">Рыбалка</div><div class="tgme_widget_message_game_text">Лови</div><i class="tgme_widget_message_game_image" style="background-image:url('https://cdn.example/g.jpg');"></i></div>)") ==
      Media{.type = MediaType::game,
            .url = "https://cdn.example/g.jpg",
            .title = "Рыбалка",
            .extra = "Лови"});
}

TEST_CASE("a contact's picture is its address") {
  CHECK(
      medium_in(
          R"(<a class="tgme_widget_message_contact_wrap"><i class="tgme_widget_message_contact_user_photo bgcolor2"><img src="https://cdn.example/c.jpg"></i><div class="tgme_widget_message_contact_name">Анна</div></a>)")
          .url == "https://cdn.example/c.jpg");
}

TEST_CASE("a service's new photo is a photo") {
  CHECK(
      medium_in(
          R"(<a class="tgme_widget_message_service_photo"><img src="//cdn.example/s.jpg"></a>)") ==
      Media{.type = MediaType::photo, .url = "https://cdn.example/s.jpg"});
}
