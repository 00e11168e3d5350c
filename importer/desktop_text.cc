#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/ascii.h"
#include "base/utf8.h"
#include "importer/desktop_message.h"

namespace qanat::importer {
namespace {

using Json = nlohmann::json;

/// The formatting that Telegram Desktop names `type`; nothing for plain text and for what a page
/// shows without it.
std::optional<EntityKind> entity_kind(std::string_view type) {
  static constexpr std::array<std::pair<std::string_view, EntityKind>, 16> kTypes = {{
      {"bold", EntityKind::bold},
      {"italic", EntityKind::italic},
      {"underline", EntityKind::underline},
      {"strikethrough", EntityKind::strike},
      {"code", EntityKind::code},
      {"pre", EntityKind::pre},
      {"spoiler", EntityKind::spoiler},
      {"blockquote", EntityKind::quote},
      {"link", EntityKind::link},
      {"text_link", EntityKind::link},
      {"mention", EntityKind::mention},
      {"hashtag", EntityKind::hashtag},
      {"cashtag", EntityKind::cashtag},
      {"email", EntityKind::email},
      {"phone", EntityKind::phone},
      {"custom_emoji", EntityKind::custom_emoji},
  }};
  const auto* const found =
      std::ranges::find(kTypes, type, &std::pair<std::string_view, EntityKind>::first);
  return found == kTypes.end() ? std::nullopt : std::optional(found->second);
}

/// "https:", "mailto:"; but "example.org:8080" has a port.
bool has_scheme(std::string_view address) {
  const std::size_t colon = address.find(':');
  if (colon == std::string_view::npos || colon == 0 || !is_ascii_letter(address.front()))
    return false;
  const std::string_view name = address.substr(0, colon);
  const bool is_name = std::ranges::all_of(name, [](char c) {
    return is_ascii_letter(c) || is_ascii_digit(c) || c == '+' || c == '.' || c == '-';
  });
  if (!is_name || equal_without_case(name, "tel") || equal_without_case(name, "sms")) {
    return is_name;
  }
  address.remove_prefix(colon + 1);
  const std::string_view port = address.substr(0, address.find_first_of("/?#"));
  return port.empty() || !std::ranges::all_of(port, is_ascii_digit);
}

std::string with_scheme(const std::string& address) {
  return has_scheme(address) ? address : "http://" + address;
}

/// Where a page would link the piece to; empty for pieces without a link.
std::string address_of(EntityKind kind, const std::string& shown, const Json& piece) {
  switch (kind) {
    case EntityKind::link: {
      const std::string target = text_of(piece, "href");
      return with_scheme(target.empty() ? shown : target);
    }
    case EntityKind::mention: return "https://t.me/" + shown.substr(shown.starts_with('@') ? 1 : 0);
    case EntityKind::email: return "mailto:" + shown;
    case EntityKind::phone: {
      std::string digits;
      std::ranges::copy_if(
          shown, std::back_inserter(digits), [](char c) { return c == '+' || is_ascii_digit(c); });
      return "tel:" + digits;
    }
    default: return "";
  }
}

std::string value_of(EntityKind kind, const std::string& address, const Json& piece) {
  switch (kind) {
    case EntityKind::link: return address;
    case EntityKind::pre: return text_of(piece, "language");
    case EntityKind::custom_emoji: return text_of(piece, "document_id");
    default: return "";
  }
}

void add_piece(const Json& piece, Post& post) {
  const std::string shown = utf8::repaired(text_of(piece, "text"));
  const Span span{post.text.size(), post.text.size() + shown.size()};
  post.text += shown;
  const std::string type = text_of(piece, "type");
  auto kind = entity_kind(type);
  if (!kind || shown.empty()) return;
  if (*kind == EntityKind::quote && piece.value("collapsed", false)) {
    kind = EntityKind::collapsed_quote;
  }
  const std::string address = address_of(*kind, shown, piece);
  post.entities.push_back({.kind = *kind, .span = span, .value = value_of(*kind, address, piece)});
  if (!address.empty()) {
    post.links.push_back(
        {.url = address, .text = shown, .masked = type == "text_link", .span = span});
  }
  if (*kind == EntityKind::hashtag) post.hashtags.push_back(shown);
  if (*kind == EntityKind::mention) post.mentions.push_back(shown);
}

/// Posts end without white space; what lay over it ends with the text.
void trim_end(Post& post) {
  const std::size_t last = post.text.find_last_not_of(" \t\r\n");
  post.text.resize(last == std::string::npos ? 0 : last + 1);
  for (Entity& entity : post.entities) {
    entity.span.end = std::min(entity.span.end, post.text.size());
  }
  std::erase_if(post.entities, [](const Entity& entity) { return entity.span.empty(); });
  for (Link& link : post.links) {
    link.span.end = std::min(link.span.end, post.text.size());
    if (!link.span.empty()) link.text = post.text.substr(link.span.begin, link.span.size());
  }
  std::erase_if(post.links, [](const Link& link) { return link.span.empty(); });
}

/// Older exports mix plain texts and objects in "text", newer ones also have it in pieces.
Json text_source(const Json& message) {
  const auto pieces = message.find("text_entities");
  if (pieces != message.end() && !pieces->empty()) return *pieces;
  return message.value("text", Json(""));
}

}  // namespace

void read_text(const Json& message, Post& post) {
  const Json source = text_source(message);
  if (source.is_string()) {
    add_piece({{"text", source}}, post);
  } else if (source.is_object()) {
    add_piece(source, post);
  } else {
    for (const Json& piece : source) {
      add_piece(piece.is_string() ? Json{{"text", piece}} : piece, post);
    }
  }
  trim_end(post);
}

}  // namespace qanat::importer
