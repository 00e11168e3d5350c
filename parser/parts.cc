#include "parser/parts.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parser/counts.h"
#include "parser/css.h"
#include "parser/links.h"
#include "parser/text.h"
#include "parser/words.h"

namespace qanat::parser {

namespace {

std::optional<int> read_percent(Node node, Malformed& malformed) {
  if (!node) return std::nullopt;
  const std::string shown = plain_text(node);
  std::string_view digits = trimmed(shown);
  if (digits.ends_with('%')) digits = trimmed(digits.substr(0, digits.size() - 1));
  const auto percent = parse_number(digits);
  if (percent && *percent <= 100) return static_cast<int>(*percent);
  ++malformed["poll_percent"];
  return std::nullopt;
}

/// The preview's picture: large below the text, small beside it, or a video's first frame.
std::string preview_image(Node preview, Malformed& malformed) {
  for (const std::string_view kind :
       {"link_preview_image", "link_preview_right_image", "link_preview_video_thumb"}) {
    const std::string shown = css_url(find(preview, kind).attribute(Attribute::style));
    std::string url = resolve(shown, {});
    if (!url.empty()) return url;
    if (!shown.empty()) ++malformed["preview_image"];
  }
  return {};
}

/// A reaction is a glyph and then a number: reads the one into `reaction`, returns the other.
std::string read_glyph(Node node, Reaction& reaction, Malformed& malformed) {
  std::string number;
  each(node, [&](Node part) {
    if (!part.is_element()) number += part.text();
    if (part.is_custom("tg-emoji")) reaction.custom_emoji_id = emoji_id(part, malformed);
    const bool glyph = part.is_custom("tg-emoji") || part.has_class("emoji");
    if (glyph) reaction.emoji = plain_text(part);
    return !glyph && !part.is(GUMBO_TAG_I);
  });
  return number;
}

}  // namespace

Poll read_poll(Node poll, Malformed& malformed) {
  Poll result{.question = plain_text(find(poll, "tgme_widget_message_poll_question")),
              .type = plain_text(find(poll, "tgme_widget_message_poll_type"))};
  for (const Node option : find_all(poll, "tgme_widget_message_poll_option")) {
    const Node percent = find(option, "tgme_widget_message_poll_option_percent");
    result.options.push_back(
        {.text = plain_text(find(option, "tgme_widget_message_poll_option_text")),
         .percent = read_percent(percent, malformed)});
  }
  return result;
}

LinkPreview read_link_preview(Node preview, std::string_view slug, Malformed& malformed) {
  return {.url = target_of(preview, slug, "preview_url", malformed),
          .site_name = plain_text(find(preview, "link_preview_site_name")),
          .title = plain_text(find(preview, "link_preview_title")),
          .description = plain_text(find(preview, "link_preview_description")),
          .image_url = preview_image(preview, malformed)};
}

Forward read_forward(Node forwarded_from, std::string_view slug, Malformed& malformed) {
  const Node name = find(forwarded_from, "tgme_widget_message_forwarded_from_name");
  Forward forward{
      .name = plain_text(name),
      .url = target_of(name, slug, "forward_url", malformed),
      .author = plain_text(find(forwarded_from, "tgme_widget_message_forwarded_from_author"))};
  if (!name) {
    const std::string shown = plain_text(forwarded_from);
    forward.name = trimmed(without_prefix(without_prefix(shown, "forwarded from"), "переслано из"));
  }
  return forward;
}

Reply read_reply(Node reply, std::string_view slug, Malformed& malformed) {
  Node quoted = find(reply, "js-message_reply_text");
  if (!quoted) quoted = find(reply, "tgme_widget_message_metatext");
  if (!quoted) quoted = find(reply, "tgme_widget_message_text");
  Reply result{.url = target_of(reply, slug, "reply_url", malformed), .text = plain_text(quoted)};
  const auto message = message_in(result.url);
  if (!message && !result.url.empty()) ++malformed["reply_id"];
  if (message && is_message_of(slug, result.url)) result.post = message;
  return result;
}

Reaction read_reaction(Node reaction, Malformed& malformed) {
  Reaction result{.paid = reaction.has_class("tgme_reaction_paid")};
  result.count = parse_count(read_glyph(reaction, result, malformed));
  if (!result.count.value && !result.count.text.empty()) ++malformed["reaction_count"];
  return result;
}

std::optional<Button> read_button(Node button, std::string_view slug, Malformed& malformed) {
  if (!button.has_class("url_button")) return std::nullopt;
  const Node text = find(button, "tgme_widget_message_inline_button_text");
  return Button{.text = plain_text(text ? text : button),
                .url = target_of(button, slug, "button_url", malformed)};
}

}  // namespace qanat::parser
