#include "parser/message.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/instant.h"
#include "parser/counts.h"
#include "parser/links.h"
#include "parser/media.h"
#include "parser/parts.h"
#include "parser/service.h"
#include "parser/text.h"
#include "parser/words.h"

namespace qanat::parser {

namespace {

/// Fills a Post while one walk goes over its message: each known class has one reader, which takes
/// its element whole or lets the walk go into it. Page order is kept, positions mean nothing.
class MessageReader {
 public:
  MessageReader(const MessageAddress& address,
                MessageParts& parts,
                Malformed& malformed,
                UnknownMarkup& unknown)
      : slug_(address.slug),
        parts_(parts),
        malformed_(malformed),
        unknown_(unknown),
        post_{.id = address.id} {
    post_.url = "https://t.me/" + address.slug + "/" + std::to_string(address.id.message);
  }

  Post read(Node message) {
    walk(message, *this);
    if (message.has_class("service_message")) post_.service = read_service_kind(message);
    return finish();
  }

  /// Whether the walk goes into the node.
  bool enter(Node node) {
    if (!node.is_element()) {
      on_words(node.text());
      return false;
    }
    const bool go_in = read_node(node);
    if (go_in) open_.push_back(node);
    return go_in;
  }

  void leave(Node) { open_.pop_back(); }

 private:
  using Reader = bool (MessageReader::*)(Node);
  struct ClassReader {
    std::string_view token;
    Reader read;  ///< null: nothing of the node is read
  };
  static const std::array<ClassReader, 39> kReaders;

  bool read_node(Node node) {
    bool go_in = true;
    any_class(node.attribute(Attribute::classes), [&](std::string_view token) {
      const auto* const found = std::ranges::lower_bound(kReaders, token, {}, &ClassReader::token);
      const bool known = found != kReaders.end() && found->token == token;
      if (known) {
        parts_.unclosed = parts_.unclosed || node.is_unclosed();
        go_in = found->read != nullptr && (this->*found->read)(node);
      }
      return known;
    });
    return go_in;
  }

  // --- what the post says ---

  bool on_text(Node node) {
    if (node.has_class("js-message_reply_text")) return false;
    // An album's caption is wrapped twice: the inner one is the text.
    for (std::size_t i = 0; i < node.child_count(); ++i)
      if (node.child(i).has_class("js-message_text")) return true;
    append_below(words_, read_text(node, slug_));
    ++parts_.texts;
    return false;
  }

  bool on_footer(Node) {
    ++parts_.footers;
    return true;
  }

  /// Words that stand in no element with a reader: "edited", which has none, or news.
  void on_words(std::string_view words) {
    words = trimmed(words);
    if (words.starts_with(',')) words = trimmed(words.substr(1));
    if (words.empty()) return;
    const Node home = open_.empty() ? Node{} : open_.back();
    if (home.has_class("tgme_widget_message_meta") && is_edited_mark(words)) {
      post_.edited = true;
      return;
    }
    note_unknown(unknown_, std::string{"text in "}.append(name_of(home)));
  }

  static bool is_edited_mark(std::string_view words) {
    const std::string word = lowered(words);
    return word == "edited" || word == "изменено" || word == "изменён";
  }

  /// The element's first class that means something, else its tag.
  static std::string name_of(Node node) {
    if (!node) return "a message";
    std::string name;
    any_class(node.attribute(Attribute::classes), [&](std::string_view token) {
      if (!is_idle_class(token)) name = token;
      return !name.empty();
    });
    return name.empty() ? "<" + std::string{node.name()} + ">" : name;
  }

  bool on_poll(Node node) {
    post_.poll = read_poll(node, malformed_);
    return false;
  }

  bool on_link_preview(Node node) {
    post_.link_preview = read_link_preview(node, slug_, malformed_);
    return false;
  }

  bool on_forward(Node node) {
    post_.forwarded_from = read_forward(node, slug_, malformed_);
    return on_author(node);
  }

  /// "Channel via @bot": the channel is known, the bot is not.
  bool on_author(Node node) {
    if (const Node bot = find(node, "tgme_widget_message_via_bot")) on_via_bot(bot);
    return false;
  }

  bool on_reply(Node node) {
    post_.reply_to = read_reply(node, slug_, malformed_);
    return false;
  }

  bool on_via_bot(Node node) {
    post_.via_bot = plain_text(node);
    return false;
  }

  bool on_signature(Node node) {
    post_.author = plain_text(node);
    return false;
  }

  bool on_button(Node node) {
    if (auto button = read_button(node, slug_, malformed_))
      post_.buttons.push_back(std::move(*button));
    return false;
  }

  // --- media ---

  bool keep(Media media) {
    post_.media.push_back(std::move(media));
    return false;
  }

  /// Items of an album name the post they would be alone: t.me/channel/85?single.
  void note_album_item(Node anchor) {
    const std::string url = target_of(anchor, slug_);
    if (!anchor.has_class("grouped_media_wrap") && url.find("?single") == std::string::npos) return;
    const auto id = message_in(url);
    if (!id) {
      ++malformed_["album_item"];
      return;
    }
    if (std::ranges::find(post_.album, *id) == post_.album.end()) post_.album.push_back(*id);
  }

  bool on_photo(Node node) {
    note_album_item(node);
    return keep(read_photo(node, malformed_));
  }
  bool on_service_photo(Node node) { return keep(read_service_photo(node, malformed_)); }
  bool on_video(Node node) {
    note_album_item(node);
    return keep(read_video(node, malformed_));
  }
  bool on_round_video(Node node) { return keep(read_round_video(node, malformed_)); }
  bool on_voice(Node node) { return keep(read_voice(node, malformed_)); }
  bool on_document(Node node) {
    note_album_item(node);
    return keep(read_document(node));
  }
  bool on_sticker(Node node) { return keep(read_sticker(node, malformed_)); }
  bool on_location(Node node) { return keep(read_location(node, slug_, malformed_)); }
  bool on_contact(Node node) { return keep(read_contact(node, malformed_)); }
  bool on_invoice(Node node) { return keep(read_invoice(node, malformed_)); }
  bool on_game(Node node) { return keep(read_game(node, malformed_)); }

  // --- the branch for browsers that cannot show the post ---

  bool on_supported(Node) { return shown_ = true; }

  bool on_not_supported(Node node) {
    fallback_ = plain_text(find(node, "message_media_not_supported_label"));
    has_fallback_ = true;
    return false;
  }

  /// A label outside the hidden branch and outside a player that shows something.
  bool on_label(Node node) {
    withheld_ = plain_text(node);
    is_withheld_ = true;
    return false;
  }

  // --- footer ---

  bool on_views(Node node) {
    post_.views = parse_count(plain_text(node));
    if (!post_.views.value) ++malformed_["views"];
    return false;
  }

  bool on_voters(Node node) {
    if (!post_.poll) return false;
    post_.poll->voters_text = plain_text(node);
    if (!parse_count(post_.poll->voters_text).value) ++malformed_["voters"];
    return false;
  }

  bool on_date(Node node) {
    if (!post_.published_at)
      post_.published_at =
          parse_instant(trimmed(find_tag(node, GUMBO_TAG_TIME).attribute(Attribute::datetime)));
    return false;
  }

  bool on_reaction(Node node) {
    post_.reactions.push_back(read_reaction(node, malformed_));
    return false;
  }

  // --- the whole ---

  Post finish() {
    if (!post_.published_at) ++malformed_["date"];
    post_.text = std::move(words_.text);
    post_.entities = std::move(words_.entities);
    post_.links = std::move(words_.links);
    post_.hashtags = std::move(words_.hashtags);
    post_.mentions = std::move(words_.mentions);
    for (const auto& [field, count] : words_.malformed) malformed_[field] += count;
    for (const auto& [name, count] : words_.unknown) unknown_[name] += count;
    const bool has_body = !post_.text.empty() || !post_.media.empty() || post_.poll;
    settle_withheld(has_body);
    // Nobody posts nothing: there is a body that we do not know.
    const bool unread = !has_body && !is_withheld_ && !post_.service;
    if (unread) ++malformed_["body"];
    post_.kind = unread ? PostKind::withheld : kind(has_body);
    return std::move(post_);
  }

  /// A hidden branch beside a shown one says nothing; one alone, or a bare label, says that the
  /// page keeps something back.
  void settle_withheld(bool has_body) {
    if (has_fallback_ && !is_withheld_ && !(shown_ && has_body)) {
      withheld_ = fallback_;
      is_withheld_ = true;
    }
    if (!is_withheld_) return;
    if (lowered(withheld_) == "service message") {  // embedded posts of 2018
      post_.service = ServiceKind::other;
      return;
    }
    const bool about_media = lowered(withheld_).find("media") != std::string::npos;
    if (has_body || about_media) post_.media.push_back({.type = MediaType::unsupported});
  }

  [[nodiscard]] PostKind kind(bool has_body) const {
    if (post_.service) return PostKind::service;
    for (const Media& medium : post_.media)
      if (medium.type != MediaType::unsupported) return post_kind_of(medium.type);
    if (post_.poll) return PostKind::poll;
    return is_withheld_ && !has_body ? PostKind::withheld : PostKind::text;
  }

  std::string_view slug_;
  MessageParts& parts_;
  Malformed& malformed_;
  UnknownMarkup& unknown_;
  std::vector<Node> open_;  ///< around the walk's place, below the message
  Post post_;
  RichText words_;
  std::string fallback_;  ///< label of the hidden branch
  std::string withheld_;  ///< label that stands for something we do not get
  bool shown_ = false;
  bool has_fallback_ = false;
  bool is_withheld_ = false;
};

/// Sorted by class.
constinit const std::array<MessageReader::ClassReader, 39> MessageReader::kReaders = {{
    {"copyonly", nullptr},
    {"js-message_reply_text", nullptr},
    {"js-message_text", &MessageReader::on_text},
    {"media_not_supported_cont", &MessageReader::on_not_supported},
    {"media_supported_cont", &MessageReader::on_supported},
    {"message_media_not_supported_label", &MessageReader::on_label},
    {"message_media_view_in_telegram", nullptr},
    {"tgme_reaction", &MessageReader::on_reaction},
    {"tgme_widget_message_author", &MessageReader::on_author},
    {"tgme_widget_message_bubble_tail", nullptr},
    {"tgme_widget_message_contact_wrap", &MessageReader::on_contact},
    {"tgme_widget_message_date", &MessageReader::on_date},
    {"tgme_widget_message_document_wrap", &MessageReader::on_document},
    {"tgme_widget_message_footer", &MessageReader::on_footer},
    {"tgme_widget_message_forwarded_from", &MessageReader::on_forward},
    {"tgme_widget_message_from_author", &MessageReader::on_signature},
    {"tgme_widget_message_game", &MessageReader::on_game},
    {"tgme_widget_message_inline_button", &MessageReader::on_button},
    {"tgme_widget_message_invoice", &MessageReader::on_invoice},
    {"tgme_widget_message_link", nullptr},
    {"tgme_widget_message_link_preview", &MessageReader::on_link_preview},
    {"tgme_widget_message_location_wrap", &MessageReader::on_location},
    {"tgme_widget_message_owner_name", nullptr},
    {"tgme_widget_message_photo_wrap", &MessageReader::on_photo},
    {"tgme_widget_message_poll", &MessageReader::on_poll},
    {"tgme_widget_message_reply", &MessageReader::on_reply},
    {"tgme_widget_message_roundvideo_player", &MessageReader::on_round_video},
    {"tgme_widget_message_service_date_wrap", nullptr},
    {"tgme_widget_message_service_photo", &MessageReader::on_service_photo},
    {"tgme_widget_message_sticker", &MessageReader::on_sticker},
    {"tgme_widget_message_text", &MessageReader::on_text},
    {"tgme_widget_message_tgsticker", &MessageReader::on_sticker},
    {"tgme_widget_message_user", nullptr},
    {"tgme_widget_message_via_bot", &MessageReader::on_via_bot},
    {"tgme_widget_message_video_player", &MessageReader::on_video},
    {"tgme_widget_message_videosticker", &MessageReader::on_sticker},
    {"tgme_widget_message_views", &MessageReader::on_views},
    {"tgme_widget_message_voice_player", &MessageReader::on_voice},
    {"tgme_widget_message_voters", &MessageReader::on_voters},
}};

/// Counts the parts of a message while a walk goes over all of it.
struct PartCounter {
  MessageParts parts;
  Node text;  ///< around the walk's place

  bool enter(Node node) {
    if (node.has_class("media_not_supported_cont")) return false;
    if (node.has_class("tgme_widget_message_footer")) ++parts.footers;
    if (!text && node.has_class("js-message_text")) {
      text = node;
      ++parts.texts;
    }
    return true;
  }

  void leave(Node node) {
    if (node == text) text = Node{};
  }
};

/// What "Some_Channel/519" says.
std::optional<MessageAddress> parse_address(std::string_view data) {
  const std::size_t slash = data.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const std::string_view slug = data.substr(0, slash);
  auto channel = ChannelName::parse(slug);
  const auto number = parse_number(data.substr(slash + 1));
  if (!channel || lowered(slug) != channel->str() || !number || *number < 1) return std::nullopt;
  return MessageAddress{.slug = std::string{slug},
                        .id = {.channel = std::move(*channel), .message = *number}};
}

}  // namespace

std::optional<MessageAddress> address_of(Node message) {
  return parse_address(trimmed(message.attribute(Attribute::data_post)));
}

std::optional<MessageAddress> address_in_link(Node message) {
  if (message.has_attribute(Attribute::data_post)) return address_of(message);
  const std::string link = target_of(find(message, "tgme_widget_message_date"), {});
  constexpr std::string_view kScheme = "https://";
  if (!message_in(link) || !link.starts_with(kScheme)) return std::nullopt;
  const std::string_view path = std::string_view{link}.substr(link.find('/', kScheme.size()) + 1);
  return parse_address(path.substr(0, path.find_first_of("?#")));
}

MessageParts parts_in(Node message) {
  PartCounter counter;
  walk(message, counter);
  return counter.parts;
}

Post read_message(Node message,
                  const MessageAddress& address,
                  MessageParts& read,
                  Malformed& malformed,
                  UnknownMarkup& unknown) {
  return MessageReader{address, read, malformed, unknown}.read(message);
}

}  // namespace qanat::parser
