#include "parser/known_markup.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>

#include "parser/words.h"

namespace qanat::parser {

namespace {

/// Every class of Telegram's that messages of 2015 to 2026 are known to wear. Sorted.
constexpr auto kKnown = std::to_array<std::string_view>({
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
});
static_assert(std::ranges::is_sorted(kKnown));

/// The families of classes that carry a meaning. Others paint (bgcolor2, user-color-12), or name a
/// file (5413653036929848039), or steer the page's script (js-…).
constexpr std::array<std::string_view, 4> kFamilies = {
    "tgme_", "message_", "media_", "link_preview_"};

bool is_known_class(std::string_view token) {
  const bool ours = std::ranges::any_of(
      kFamilies, [token](std::string_view family) { return token.starts_with(family); });
  return !ours || std::ranges::binary_search(kKnown, token);
}

bool is_known_element(Node node) {
  const std::string tag = lowered(node.name());
  return !tag.starts_with("tg-") || tag == "tg-emoji" || tag == "tg-spoiler";
}

}  // namespace

void count_unknown_markup(Node message, std::map<std::string, int>& unknown) {
  each(message, [&](Node node) {
    if (!is_known_element(node)) ++unknown["<" + lowered(node.name()) + ">"];
    any_class(node.attribute(Attribute::class_), [&](std::string_view token) {
      if (!is_known_class(token)) ++unknown[std::string{token}];
      return false;
    });
    return true;
  });
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
