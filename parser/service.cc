#include "parser/service.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "parser/words.h"

namespace qanat::parser {

namespace {

/// A sentence with both parts is of the kind.
struct Phrase {
  std::string_view first;
  std::string_view second;
  ServiceKind kind;
};

/// In the order in which they are tried. English is compared in lower case; Russian words lack the
/// letter that may be a capital.
constexpr std::array kPhrases = std::to_array<Phrase>({
    {"pinned", "", ServiceKind::pinned},
    {"закрепил", "", ServiceKind::pinned},
    {"photo removed", "", ServiceKind::photo_removed},
    {"removed", "photo", ServiceKind::photo_removed},
    {"удален", "ото", ServiceKind::photo_removed},
    {"удалил", "ото", ServiceKind::photo_removed},
    {"updated", "photo", ServiceKind::photo_updated},
    {"changed", "photo", ServiceKind::photo_updated},
    {"updated", "video", ServiceKind::photo_updated},
    {"обновлен", "ото", ServiceKind::photo_updated},
    {"обновил", "ото", ServiceKind::photo_updated},
    {"изменен", "ото", ServiceKind::photo_updated},
    {"winner", "", ServiceKind::giveaway_results},
    {"finished", "giveaway", ServiceKind::giveaway_results},
    {"обедител", "", ServiceKind::giveaway_results},
    {"giveaway", "", ServiceKind::giveaway_started},
    {"озыгрыш", "", ServiceKind::giveaway_started},
    {"live stream", "scheduled", ServiceKind::video_chat_scheduled},
    {"video chat", "scheduled", ServiceKind::video_chat_scheduled},
    {"voice chat", "scheduled", ServiceKind::video_chat_scheduled},
    {"рансляци", "апланир", ServiceKind::video_chat_scheduled},
    {"live stream", "started", ServiceKind::video_chat_started},
    {"video chat", "started", ServiceKind::video_chat_started},
    {"voice chat", "started", ServiceKind::video_chat_started},
    {"рансляци", "нача", ServiceKind::video_chat_started},
    {"live stream", "finished", ServiceKind::video_chat_ended},
    {"live stream", "ended", ServiceKind::video_chat_ended},
    {"video chat", "finished", ServiceKind::video_chat_ended},
    {"video chat", "ended", ServiceKind::video_chat_ended},
    {"voice chat", "finished", ServiceKind::video_chat_ended},
    {"voice chat", "ended", ServiceKind::video_chat_ended},
    {"рансляци", "заверш", ServiceKind::video_chat_ended},
    {"рансляци", "оконч", ServiceKind::video_chat_ended},
    {"auto-delete", "", ServiceKind::auto_delete_changed},
    {"automatically deleted", "", ServiceKind::auto_delete_changed},
    {"автоудален", "", ServiceKind::auto_delete_changed},
    {"theme", "", ServiceKind::theme_changed},
    {"тему", "", ServiceKind::theme_changed},
    {"wallpaper", "", ServiceKind::wallpaper_changed},
    {"background", "", ServiceKind::wallpaper_changed},
    {"обои", "", ServiceKind::wallpaper_changed},
    {"boosted", "", ServiceKind::boosted},
    {"gift", "", ServiceKind::gift},
    {"подар", "", ServiceKind::gift},
    {"direct messages", "", ServiceKind::direct_messages_changed},
    {"created", "", ServiceKind::created},
    {"создан", "", ServiceKind::created},
    {"name", "changed", ServiceKind::name_changed},
    {"renamed", "", ServiceKind::name_changed},
    {"азвание", "измен", ServiceKind::name_changed},
});

/// Names and quoted posts stand in elements of their own.
bool is_quote(Node node) {
  return node.is(GUMBO_TAG_A) || node.has_class("tgme_widget_message_author_name") ||
         node.has_class("tgme_widget_service_strong_text");
}

/// The message's text up to its first quotation mark, without names and quotes.
std::string sentence_of(Node message) {
  std::string sentence;
  each(find(message, "tgme_widget_message_text"), [&](Node node) {
    sentence += node.text();
    return !is_quote(node);
  });
  const std::size_t quote = std::min(sentence.find("«"), sentence.find_first_of("\"\n"));
  return lowered(std::string_view{sentence}.substr(0, quote));
}

}  // namespace

ServiceKind read_service_kind(Node message) {
  const std::string sentence = sentence_of(message);
  const auto* const found = std::ranges::find_if(kPhrases, [&](const Phrase& phrase) {
    return sentence.contains(phrase.first) && sentence.contains(phrase.second);
  });
  if (found != kPhrases.end()) return found->kind;
  const bool photo = message.has_class("service_message_photo") ||
                     find(message, "tgme_widget_message_service_photo");
  return photo ? ServiceKind::photo_updated : ServiceKind::other;
}

}  // namespace qanat::parser
