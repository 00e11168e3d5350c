#include "parser/known_markup.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "base/utf8.h"
#include "parser/text.h"
#include "parser/words.h"

namespace qanat::parser {

namespace {

/// Every class that messages of 2015 to 2026 are known to wear, but for the families below. Sorted.
constexpr auto kKnown = std::to_array<std::string_view>({
    "accent_bg",
    "accent_bghover",
    "accent_border",
    "accent_color",
    "audio",
    "background",
    "bar",
    "before_footer",
    "blured",
    "border_1x",
    "border_2x",
    "border_3x",
    "bubble_icon",
    "compact",
    "copyonly",
    "date_visible",
    "emoji",
    "force_userpic",
    "grouped_media",
    "grouped_media_helper",
    "grouped_media_wrap",
    "icon",
    "icon-telegram-stars",
    "link_preview_description",
    "link_preview_embed",
    "link_preview_image",
    "link_preview_right_image",
    "link_preview_site_name",
    "link_preview_title",
    "link_preview_video",
    "link_preview_video_player",
    "link_preview_video_thumb",
    "link_preview_video_wrap",
    "media_not_supported_cont",
    "media_supported_cont",
    "message_media_not_supported",
    "message_media_not_supported_label",
    "message_media_not_supported_wrap",
    "message_media_view_in_telegram",
    "message_video_duration",
    "message_video_muted",
    "message_video_play",
    "no_bubble",
    "not_supported",
    "roundvideo_media",
    "service_message",
    "service_message_photo",
    "short",
    "sticker_media",
    "text_not_supported_wrap",
    "tg-spoiler",
    "tgme_reaction",
    "tgme_reaction_paid",
    "tgme_reactions",
    "tgme_widget_message",
    "tgme_widget_message_author",
    "tgme_widget_message_author_name",
    "tgme_widget_message_bubble",
    "tgme_widget_message_bubble_tail",
    "tgme_widget_message_centered",
    "tgme_widget_message_contact",
    "tgme_widget_message_contact_info",
    "tgme_widget_message_contact_name",
    "tgme_widget_message_contact_phone",
    "tgme_widget_message_contact_user_photo",
    "tgme_widget_message_contact_wrap",
    "tgme_widget_message_date",
    "tgme_widget_message_document",
    "tgme_widget_message_document_extra",
    "tgme_widget_message_document_icon",
    "tgme_widget_message_document_thumb",
    "tgme_widget_message_document_title",
    "tgme_widget_message_document_wrap",
    "tgme_widget_message_error",
    "tgme_widget_message_footer",
    "tgme_widget_message_forwarded_from",
    "tgme_widget_message_forwarded_from_author",
    "tgme_widget_message_forwarded_from_name",
    "tgme_widget_message_from_author",
    "tgme_widget_message_game",
    "tgme_widget_message_game_description",
    "tgme_widget_message_game_image",
    "tgme_widget_message_game_label",
    "tgme_widget_message_game_text",
    "tgme_widget_message_game_title",
    "tgme_widget_message_game_video",
    "tgme_widget_message_grouped",
    "tgme_widget_message_grouped_layer",
    "tgme_widget_message_grouped_wrap",
    "tgme_widget_message_info",
    "tgme_widget_message_inline_button",
    "tgme_widget_message_inline_button_text",
    "tgme_widget_message_inline_keyboard",
    "tgme_widget_message_inline_row",
    "tgme_widget_message_invoice",
    "tgme_widget_message_invoice_description",
    "tgme_widget_message_invoice_image",
    "tgme_widget_message_invoice_label",
    "tgme_widget_message_invoice_title",
    "tgme_widget_message_invoice_total",
    "tgme_widget_message_invoice_wrap",
    "tgme_widget_message_link",
    "tgme_widget_message_link_preview",
    "tgme_widget_message_location",
    "tgme_widget_message_location_address",
    "tgme_widget_message_location_info",
    "tgme_widget_message_location_title",
    "tgme_widget_message_location_wrap",
    "tgme_widget_message_meta",
    "tgme_widget_message_metatext",
    "tgme_widget_message_one_media",
    "tgme_widget_message_owner_name",
    "tgme_widget_message_photo",
    "tgme_widget_message_photo_wrap",
    "tgme_widget_message_poll",
    "tgme_widget_message_poll_option",
    "tgme_widget_message_poll_option_bar",
    "tgme_widget_message_poll_option_mark",
    "tgme_widget_message_poll_option_percent",
    "tgme_widget_message_poll_option_text",
    "tgme_widget_message_poll_option_value",
    "tgme_widget_message_poll_options",
    "tgme_widget_message_poll_question",
    "tgme_widget_message_poll_type",
    "tgme_widget_message_reactions",
    "tgme_widget_message_reply",
    "tgme_widget_message_reply_thumb",
    "tgme_widget_message_roundvideo",
    "tgme_widget_message_roundvideo_border",
    "tgme_widget_message_roundvideo_duration",
    "tgme_widget_message_roundvideo_play",
    "tgme_widget_message_roundvideo_player",
    "tgme_widget_message_roundvideo_shadow",
    "tgme_widget_message_roundvideo_thumb",
    "tgme_widget_message_roundvideo_wrap",
    "tgme_widget_message_service_date",
    "tgme_widget_message_service_date_wrap",
    "tgme_widget_message_service_photo",
    "tgme_widget_message_sticker",
    "tgme_widget_message_sticker_wrap",
    "tgme_widget_message_text",
    "tgme_widget_message_tgsticker",
    "tgme_widget_message_tgsticker_wrap",
    "tgme_widget_message_user",
    "tgme_widget_message_user_photo",
    "tgme_widget_message_via_bot",
    "tgme_widget_message_video",
    "tgme_widget_message_video_duration",
    "tgme_widget_message_video_play",
    "tgme_widget_message_video_player",
    "tgme_widget_message_video_thumb",
    "tgme_widget_message_video_wrap",
    "tgme_widget_message_videosticker",
    "tgme_widget_message_videosticker_wrap",
    "tgme_widget_message_views",
    "tgme_widget_message_voice",
    "tgme_widget_message_voice_duration",
    "tgme_widget_message_voice_play",
    "tgme_widget_message_voice_player",
    "tgme_widget_message_voice_progress",
    "tgme_widget_message_voice_progress_bg",
    "tgme_widget_message_voice_progress_wrap",
    "tgme_widget_message_voice_wrap",
    "tgme_widget_message_voters",
    "tgme_widget_message_wrap",
    "tgme_widget_service_strong_text",
    "time",
    "url_button",
    "verified-icon",
});
static_assert(std::ranges::is_sorted(kKnown));

/// Every class that a channel's description is known to wear besides. Sorted.
constexpr auto kKnownInHeader = std::to_array<std::string_view>({
    "counter_type",
    "counter_value",
    "tgme_channel_info",
    "tgme_channel_info_counter",
    "tgme_channel_info_counters",
    "tgme_channel_info_description",
    "tgme_channel_info_header",
    "tgme_channel_info_header_labels",
    "tgme_channel_info_header_title",
    "tgme_channel_info_header_title_wrap",
    "tgme_channel_info_header_username",
    "tgme_page_photo_image",
});
static_assert(std::ranges::is_sorted(kKnownInHeader));

/// What stands below it and is not about the channel.
constexpr auto kBelowHeader = std::to_array<std::string_view>(
    {"tgme_channel_download_telegram", "tgme_channel_download_telegram_bottom", "tgme_footer"});

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789_") == std::string_view::npos;
}

/// The classes that are countless: colours, file numbers (5413653036929848039), languages of code,
/// what the page's script looks for.
bool is_of_known_family(std::string_view token) {
  for (const std::string_view numbered : {"", "bgcolor", "user-color-"})
    if (token.starts_with(numbered) && is_number(token.substr(numbered.size()))) return true;
  return token.starts_with("js-") || token.starts_with("language-");
}

bool is_known_class(std::string_view token) {
  return std::ranges::binary_search(kKnown, token) || is_of_known_family(token);
}

/// Known classes that paint: no reader looks for them, no report names them. Sorted.
constexpr auto kIdle = std::to_array<std::string_view>({
    "accent_color",
    "blured",
    "compact",
    "short",
    "text_not_supported_wrap",
    "tgme_widget_message_poll_option_bar",
    "time",
});
static_assert(std::ranges::is_sorted(kIdle));
static_assert(std::ranges::includes(kKnown, kIdle));

/// The elements of a message that we read. What only lays out (<svg>, <style>) is cut before.
constexpr auto kElements = std::to_array<GumboTag>(
    {GUMBO_TAG_A,      GUMBO_TAG_AUDIO,  GUMBO_TAG_B,    GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_BR,
     GUMBO_TAG_CODE,   GUMBO_TAG_DEL,    GUMBO_TAG_DIV,  GUMBO_TAG_EM,         GUMBO_TAG_I,
     GUMBO_TAG_IFRAME, GUMBO_TAG_IMG,    GUMBO_TAG_INS,  GUMBO_TAG_MARK,       GUMBO_TAG_PRE,
     GUMBO_TAG_S,      GUMBO_TAG_SOURCE, GUMBO_TAG_SPAN, GUMBO_TAG_STRIKE,     GUMBO_TAG_STRONG,
     GUMBO_TAG_TIME,   GUMBO_TAG_U,      GUMBO_TAG_VIDEO});

/// Those that are not HTML 5's to our library.
constexpr auto kCustomElements =
    std::to_array<std::string_view>({"picture", "tg-emoji", "tg-spoiler"});

bool is_known_element(Node node) {
  if (!node.is_element() || std::ranges::find(kElements, node.tag()) != kElements.end())
    return true;
  return std::ranges::any_of(kCustomElements,
                             [node](std::string_view name) { return node.is_custom(name); });
}

/// Labels of what the page does not show, lower case.
constexpr auto kLabels =
    std::to_array<std::string_view>({"please open telegram to view this post",
                                     "this media is not supported in your browser",
                                     "media is too big",
                                     "service message"});

void count_label(Node node, UnknownMarkup& unknown) {
  const std::string label = plain_text(node);
  if (label.empty() || std::ranges::find(kLabels, lowered(label)) != kLabels.end()) return;
  note_unknown(unknown, "label: " + label);
}

bool is_below_header(Node node) {
  return any_class(node.attribute(Attribute::classes), [](std::string_view token) {
    return std::ranges::find(kBelowHeader, token) != kBelowHeader.end();
  });
}

void count_element(Node node, UnknownMarkup& unknown) {
  if (!is_known_element(node)) note_unknown(unknown, "<" + lowered(node.name()) + ">");
}

void count_classes(Node node, UnknownMarkup& unknown) {
  any_class(node.attribute(Attribute::classes), [&](std::string_view token) {
    if (!is_known_class(token)) note_unknown(unknown, token);
    if (token == "message_media_not_supported_label") count_label(node, unknown);
    return false;
  });
}

/// At most 80 bytes of it, whole characters.
std::string_view shortened(std::string_view name) {
  std::size_t end = 80;
  if (name.size() <= end) return name;
  while (!utf8::decode(name, end).valid) --end;
  return name.substr(0, end);
}

}  // namespace

void note_unknown(UnknownMarkup& unknown, std::string_view name) {
  constexpr std::size_t kMostNames = 100;
  const std::string key{shortened(name)};
  const bool full = unknown.size() >= kMostNames && !unknown.contains(key);
  ++unknown[full ? "…" : key];
}

void count_unknown_markup(Node message, UnknownMarkup& unknown) {
  each(message, [&](Node node) {
    count_classes(node, unknown);
    if (node.is(GUMBO_TAG_SVG)) {  // a picture's elements are not Telegram's
      each(node, [&](Node part) { return count_classes(part, unknown), true; });
      return false;
    }
    count_element(node, unknown);
    return true;
  });
}

void count_unknown_in_header(Node info, UnknownMarkup& unknown) {
  each(info, [&](Node node) {
    if (is_below_header(node) || node.is(GUMBO_TAG_SVG)) return false;
    any_class(node.attribute(Attribute::classes), [&](std::string_view token) {
      const bool known = is_known_class(token) || std::ranges::binary_search(kKnownInHeader, token);
      if (!known) note_unknown(unknown, token);
      return false;
    });
    count_element(node, unknown);
    return true;
  });
}

bool is_idle_class(std::string_view token) {
  if (token == "js-message_text" || token == "js-message_reply_text") return false;
  if (is_of_known_family(token)) return !token.starts_with("language-");
  return std::ranges::binary_search(kIdle, token);
}

std::string unknown_classes(std::string_view classes) {
  std::string unknown;
  any_class(classes, [&](std::string_view token) {
    if (!is_known_class(token)) unknown.append(unknown.empty() ? "" : " ").append(token);
    return false;
  });
  return unknown;
}

}  // namespace qanat::parser
