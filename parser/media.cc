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
      if (address.empty() && !each.attribute(name).starts_with("data:"))
        address = resolve(each.attribute(name), {});
    return address.empty();
  };
  if (look(node)) each(node, look);
  return address;
}

}  // namespace

Media read_photo(Node wrap) {
  Media media{.type = MediaType::photo, .url = style_url(wrap)};
  measure(media, wrap, find(wrap, "tgme_widget_message_photo"));
  return media;
}

Media read_service_photo(Node wrap) {
  return {.type = MediaType::photo, .url = source_of(find_tag(wrap, GUMBO_TAG_IMG))};
}

Media read_video(Node player, Malformed& malformed) {
  const Node time = find(player, "message_video_duration");
  const bool plays = time || find(player, "message_video_play");
  const bool too_big = player.has_class("not_supported");
  Media media{.type = plays || too_big ? MediaType::video : MediaType::gif,
              .url = source_of(video_in(player, "tgme_widget_message_video_wrap"))};
  const bool in_album = player.has_class("grouped_media_wrap");
  const Node wrap = find(player, "tgme_widget_message_video_wrap");
  measure(media, in_album || !wrap ? player : wrap, wrap);
  read_duration(media, time, malformed);
  return media;
}

Media read_round_video(Node player, Malformed& malformed) {
  Media media{.type = MediaType::round_video,
              .url = source_of(video_in(player, "tgme_widget_message_roundvideo_wrap"))};
  measure(media, find(player, "tgme_widget_message_roundvideo_wrap"), Node{});
  read_duration(media, find(player, "tgme_widget_message_roundvideo_duration"), malformed);
  return media;
}

Media read_voice(Node player, Malformed& malformed) {
  Media media{.type = MediaType::voice, .url = source_of(find_tag(player, GUMBO_TAG_AUDIO))};
  read_duration(media, find(player, "tgme_widget_message_voice_duration"), malformed);
  return media;
}

Media read_document(Node wrap) {
  const Node icon = find(wrap, "tgme_widget_message_document_icon");
  return {.type = icon.has_class("audio") ? MediaType::audio : MediaType::document,
          .title = plain_text(find(wrap, "tgme_widget_message_document_title")),
          .extra = plain_text(find(wrap, "tgme_widget_message_document_extra"))};
}

Media read_sticker(Node sticker) {
  Media media{
      .type = MediaType::sticker,
      .url = first_address(sticker, {Attribute::data_webp, Attribute::srcset, Attribute::src})};
  if (media.url.empty()) media.url = style_url(sticker);
  if (sticker.has_class("tgme_widget_message_tgsticker")) media.extra = "animated";
  if (sticker.has_class("tgme_widget_message_videosticker")) media.extra = "video";
  measure(media, sticker, Node{});
  return media;
}

Media read_location(Node wrap, std::string_view slug) {
  Media media{.type = MediaType::location, .url = target_of(wrap, slug)};
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

Media read_contact(Node wrap) {
  return {.type = MediaType::contact,
          .title = plain_text(find(wrap, "tgme_widget_message_contact_name")),
          .extra = plain_text(find(wrap, "tgme_widget_message_contact_phone"))};
}

Media read_invoice(Node invoice) {
  const Node total = find(invoice, "tgme_widget_message_invoice_total");
  const Node label = find(invoice, "tgme_widget_message_invoice_label");
  return {.type = MediaType::invoice,
          .url = style_url(find(invoice, "tgme_widget_message_invoice_image")),
          .title = plain_text(find(invoice, "tgme_widget_message_invoice_title")),
          .extra = plain_text(total ? total : label)};
}

Media read_game(Node game) {
  return {.type = MediaType::game,
          .url = style_url(find(game, "tgme_widget_message_game_image")),
          .title = plain_text(find(game, "tgme_widget_message_game_title")),
          .extra = plain_text(find(game, "tgme_widget_message_game_text"))};
}

}  // namespace qanat::parser
