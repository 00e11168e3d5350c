#include "importer/desktop_message.h"

#include <array>
#include <limits>
#include <utility>

#include "base/instant.h"
#include "base/number.h"

namespace qanat::importer {
namespace {

using Json = nlohmann::json;

/// Nothing for what is no moment that a record can hold.
std::optional<Instant> unix_moment(std::string_view digits) {
  const auto seconds = read_number<std::int64_t>(digits);
  return seconds ? instant_at(*seconds) : std::nullopt;
}

std::optional<Instant> published_at(const Json& message) {
  const std::string digits = text_of(message, "date_unixtime");
  return digits.empty() ? parse_instant(text_of(message, "date") + "Z") : unix_moment(digits);
}

/// The kinds of service messages that a channel's page shows too.
ServiceKind service_kind(std::string_view action) {
  constexpr auto kActions = std::to_array<std::pair<std::string_view, ServiceKind>>(
      {{"create_channel", ServiceKind::created},
       {"edit_group_title", ServiceKind::name_changed},
       {"edit_group_photo", ServiceKind::photo_updated},
       {"delete_group_photo", ServiceKind::photo_removed},
       {"pin_message", ServiceKind::pinned},
       {"group_call_scheduled", ServiceKind::video_chat_scheduled},
       {"group_call", ServiceKind::video_chat_started},
       {"set_messages_ttl", ServiceKind::auto_delete_changed},
       {"edit_chat_theme", ServiceKind::theme_changed},
       {"set_chat_wallpaper", ServiceKind::wallpaper_changed},
       {"giveaway_launch", ServiceKind::giveaway_started},
       {"giveaway_results", ServiceKind::giveaway_results},
       {"boost_apply", ServiceKind::boosted}});
  for (const auto& [name, kind] : kActions) {
    if (name == action) return kind;
  }
  return ServiceKind::other;
}

Reaction reaction_of(const Json& in) {
  Reaction out;
  if (const auto count = count_of(in, "count")) {
    out.count = {.value = *count, .text = std::to_string(*count)};
  }
  out.emoji = text_of(in, "emoji");
  out.custom_emoji_id = text_of(in, "document_id");
  out.paid = text_of(in, "type") == "paid";
  return out;
}

void read_buttons(const Json& message, Post& post) {
  const auto rows = message.find("inline_bot_buttons");
  if (rows == message.end()) return;
  for (const Json& row : *rows) {
    for (const Json& button : row) {
      if (text_of(button, "type") != "url") continue;
      post.buttons.push_back({.text = text_of(button, "text"), .url = text_of(button, "data")});
    }
  }
}

/// Where a message of another chat can be found: its channel's number stands for the name that the
/// export does not have.
std::string answered_url(std::string_view peer, MessageId message) {
  constexpr std::string_view kChannel = "channel";
  if (!peer.starts_with(kChannel)) return "";
  return "https://t.me/c/" + std::string(peer.substr(kChannel.size())) + "/" +
         std::to_string(message);
}

Reply reply_of(const PostId& answered, const std::string& peer) {
  if (!peer.empty()) {
    return {.post = std::nullopt, .url = answered_url(peer, answered.message), .text = ""};
  }
  return {.post = answered.message, .url = "https://t.me/" + answered.str(), .text = ""};
}

void read_surroundings(const Json& message, Post& post) {
  post.author = text_of(message, "author");
  post.via_bot = text_of(message, "via_bot");
  if (message.contains("forwarded_from")) {
    post.forwarded_from =
        Forward{.name = text_of(message, "forwarded_from"), .url = "", .author = ""};
  }
  // As with posts, an id below 1 is of the group that became the channel.
  if (const auto id = id_of(message, "reply_to_message_id"); id && *id > 0) {
    post.reply_to = reply_of({.channel = post.id.channel, .message = *id},
                             text_of(message, "reply_to_peer_id"));
  }
  if (const auto reactions = message.find("reactions"); reactions != message.end()) {
    for (const Json& reaction : *reactions) post.reactions.push_back(reaction_of(reaction));
  }
  read_buttons(message, post);
}

}  // namespace

std::string text_of(const Json& in, const char* key) {
  const auto found = in.find(key);
  if (found == in.end() || found->is_null()) return "";
  return found->is_string() ? found->get<std::string>() : found->dump();
}

std::optional<MessageId> id_of(const Json& in, const char* key) {
  const auto found = in.find(key);
  if (found == in.end() || !found->is_number_integer()) return std::nullopt;
  // nlohmann keeps what is above int64's range as unsigned, and what is above that as a fraction.
  constexpr auto kLargest = static_cast<std::uint64_t>(std::numeric_limits<MessageId>::max());
  if (found->is_number_unsigned() && found->get<std::uint64_t>() > kLargest) return std::nullopt;
  return found->get<MessageId>();
}

std::optional<int> count_of(const Json& in, const char* key) {
  const auto number = id_of(in, key);
  if (!number || *number < 0 || *number > std::numeric_limits<std::int32_t>::max()) {
    return std::nullopt;
  }
  return static_cast<int>(*number);
}

Post read_message(const Json& message, const PostId& id) {
  Post post{.id = id};
  post.url = "https://t.me/" + post.id.str();
  post.published_at = published_at(message);
  post.edited = message.contains("edited");
  read_text(message, post);
  read_media(message, post);
  read_surroundings(message, post);
  if (text_of(message, "type") == "service") {
    post.kind = PostKind::service;
    post.service = service_kind(text_of(message, "action"));
  }
  return post;
}

}  // namespace qanat::importer
