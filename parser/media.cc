#include "parser/media.h"

#include <cmath>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "parser/counts.h"
#include "parser/css.h"
#include "parser/links.h"
#include "parser/text.h"
#include "parser/words.h"

namespace qanat::parser {

namespace {

std::optional<int> pixels(std::optional<double> value) {
  constexpr double kLargest = 100'000;
  if (!value || !(*value > 0) || *value > kLargest) return std::nullopt;
  return static_cast<int>(std::lround(*value));
}

/// Sizes as laid out: in pixels on the outer element (albums give both), or a width there and the
/// height as a percentage of it on the inner one.
void measure(Media& media, Node outer, Node inner) {
  const std::string_view style = outer.attribute(Attribute::style);
  const auto width = css_number(style, "width", "px");
  auto height = css_number(style, "height", "px");
  auto share = css_number(inner.attribute(Attribute::style), "padding-top", "%");
  if (!share) share = css_number(style, "padding-top", "%");
  if (!height && width && share) height = *width * *share / 100;
  media.width = pixels(width);
  media.height = pixels(height);
}

std::string style_url(Node node) { return resolve(css_url(node.attribute(Attribute::style)), {}); }

std::string source_of(Node node) { return resolve(node.attribute(Attribute::src), {}); }

/// The medium's address, counted when it is missing.
std::string needed(std::string url, Malformed& malformed) {
  if (url.empty()) ++malformed["media_url"];
  return url;
}

void read_duration(Media& media, Node time, Malformed& malformed) {
  if (!time) return;
  media.duration_seconds = parse_duration(plain_text(time));
  if (!media.duration_seconds) ++malformed["duration"];
}

/// The video itself: players of 2019 hold a second, blurred one behind it.
Node video_in(Node player, std::string_view wrap_class) {
  const Node wrap = find(player, wrap_class);
  return find_tag(wrap ? wrap : player, GUMBO_TAG_VIDEO);
}

/// The first address that one of the attributes of the element or of what is in it holds.
std::string first_address(Node node, std::initializer_list<Attribute> attributes) {
  std::string address;
  const auto look = [&](Node each) {
    for (const Attribute name : attributes)
      if (address.empty()) address = resolve(each.attribute(name), {});
    return address.empty();
  };
  if (look(node)) each(node, look);
  return address;
}

}  // namespace

Media read_photo(Node wrap, Malformed& malformed) {
  Media media{.type = MediaType::photo, .url = needed(style_url(wrap), malformed)};
  measure(media, wrap, find(wrap, "tgme_widget_message_photo"));
  return media;
}

Media read_service_photo(Node wrap, Malformed& malformed) {
  return {.type = MediaType::photo,
          .url = needed(source_of(find_tag(wrap, GUMBO_TAG_IMG)), malformed)};
}

Media read_video(Node player, Malformed& malformed) {
  const Node time = find(player, "message_video_duration");
  const bool plays = time || find(player, "message_video_play");
  const bool too_big = player.has_class("not_supported");
  Media media{.type = plays || too_big ? MediaType::video : MediaType::gif,
              .url = source_of(video_in(player, "tgme_widget_message_video_wrap"))};
  if (!too_big) media.url = needed(std::move(media.url), malformed);
  const bool in_album = player.has_class("grouped_media_wrap");
  const Node wrap = find(player, "tgme_widget_message_video_wrap");
  measure(media, in_album || !wrap ? player : wrap, wrap);
  read_duration(media, time, malformed);
  return media;
}

Media read_round_video(Node player, Malformed& malformed) {
  Media media{.type = MediaType::round_video,
              .url = source_of(video_in(player, "tgme_widget_message_roundvideo_wrap"))};
  media.url = needed(std::move(media.url), malformed);
  measure(media, find(player, "tgme_widget_message_roundvideo_wrap"), Node{});
  read_duration(media, find(player, "tgme_widget_message_roundvideo_duration"), malformed);
  return media;
}

Media read_voice(Node player, Malformed& malformed) {
  Media media{.type = MediaType::voice,
              .url = needed(source_of(find_tag(player, GUMBO_TAG_AUDIO)), malformed)};
  read_duration(media, find(player, "tgme_widget_message_voice_duration"), malformed);
  return media;
}

Media read_document(Node wrap) {
  const Node icon = find(wrap, "tgme_widget_message_document_icon");
  return {.type = icon.has_class("audio") ? MediaType::audio : MediaType::document,
          .title = plain_text(find(wrap, "tgme_widget_message_document_title")),
          .extra = plain_text(find(wrap, "tgme_widget_message_document_extra"))};
}

Media read_sticker(Node sticker, Malformed& malformed) {
  Media media{
      .type = MediaType::sticker,
      .url = first_address(sticker, {Attribute::data_webp, Attribute::srcset, Attribute::src})};
  if (media.url.empty()) media.url = needed(style_url(sticker), malformed);
  if (sticker.has_class("tgme_widget_message_tgsticker")) media.extra = "animated";
  if (sticker.has_class("tgme_widget_message_videosticker")) media.extra = "video";
  measure(media, sticker, Node{});
  return media;
}

Media read_location(Node wrap, std::string_view slug, Malformed& malformed) {
  Media media{.type = MediaType::location, .url = needed(target_of(wrap, slug), malformed)};
  const std::size_t query = media.url.find("q=");
  if (query != std::string::npos)
    media.extra = media.url.substr(query + 2, media.url.find('&', query) - query - 2);
  const Node title = find(wrap, "tgme_widget_message_location_title");
  if (!title) return media;
  media.type = MediaType::venue;
  media.title = plain_text(title);
  media.extra = plain_text(find(wrap, "tgme_widget_message_location_address"));
  return media;
}

Media read_contact(Node wrap, Malformed& malformed) {
  const Node photo = find_tag(find(wrap, "tgme_widget_message_contact_user_photo"), GUMBO_TAG_IMG);
  return {.type = MediaType::contact,
          .url = photo ? needed(source_of(photo), malformed) : "",
          .title = plain_text(find(wrap, "tgme_widget_message_contact_name")),
          .extra = plain_text(find(wrap, "tgme_widget_message_contact_phone"))};
}

Media read_invoice(Node invoice, Malformed& malformed) {
  const Node image = find(invoice, "tgme_widget_message_invoice_image");
  const Node total = find(invoice, "tgme_widget_message_invoice_total");
  const Node label = find(invoice, "tgme_widget_message_invoice_label");
  const std::string description =
      plain_text(find(invoice, "tgme_widget_message_invoice_description"));
  const std::string price = plain_text(total ? total : label);
  return {.type = MediaType::invoice,
          .url = image ? needed(style_url(image), malformed) : "",
          .title = plain_text(find(invoice, "tgme_widget_message_invoice_title")),
          .extra = description.empty() || price.empty() ? description + price
                                                        : price + "\n" + description};
}

Media read_game(Node game, Malformed& malformed) {
  const Node image = find(game, "tgme_widget_message_game_image");
  const Node video = find_tag(find(game, "tgme_widget_message_game_video"), GUMBO_TAG_VIDEO);
  Node text = find(game, "tgme_widget_message_game_text");
  if (!text) text = find(game, "tgme_widget_message_game_description");
  Media media{.type = MediaType::game,
              .title = plain_text(find(game, "tgme_widget_message_game_title")),
              .extra = plain_text(text)};
  if (image || video) media.url = needed(image ? style_url(image) : source_of(video), malformed);
  return media;
}

}  // namespace qanat::parser
