#include "classifier/visible_links.h"

#include <algorithm>
#include <array>

#include <re2/re2.h>

#include "base/channel_name.h"
#include "base/link_address.h"
#include "base/utf8.h"
#include "classifier/characters.h"

namespace qanat::classifier {
namespace {

/// One alternative per kind, in the order of VisibleLink::Kind. A bare host counts with a path, or
/// with an ending that is hardly ever a file's or an attribute's name.
const RE2& link_pattern() {
  static const RE2 pattern(
      R"((?i)((?:https?|tg)://[^\s<>"«»]+|www\.[^\s<>"«»]+|)"
      R"((?:[a-z0-9-]+\.)+(?:[a-z]{2,12}|рф)/[^\s<>"«»]*|)"
      R"((?:[a-z0-9-]+\.)+(?:com|ru|net|org|info|academy|shop|online|store|club|рф))|)"
      R"((@[a-z][a-z0-9_]{3,31})|(#[\p{L}\p{N}_]+)|([a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+))");
  return pattern;
}

/// No link is without one of these signs, and most lines are: they need no pattern.
bool may_hold_link(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    switch (text[at]) {
      case '@':
      case '#': return true;
      case ':':
        if (text.substr(at).starts_with("://")) return true;
        break;
      case '.':
        if (at + 1 < text.size() && text[at + 1] != ' ' && text[at + 1] != '\n') return true;
        break;
      default: break;
    }
  }
  return false;
}

/// A word between blanks that has none of the signs that each link has, and no link has a blank:
/// most lines begin with one, and need no pattern.
bool holds_plain_word(std::string_view line) {
  bool word = false;
  bool plain = true;
  for (std::size_t at = 0; at < line.size();) {
    const utf8::CodePoint point = character_at(line, at);
    at += point.length;
    if (std::u32string_view(U" \t\n\r\f").contains(point.value)) {
      if (word && plain) return true;
      word = false;
      plain = true;
    } else {
      plain = plain && !std::u32string_view(U"@#:.").contains(point.value);
      word = word || is_letter_or_digit(point.value);
    }
  }
  return word && plain;
}

bool is_name_part(char32_t value) {
  return is_letter_or_digit(value) || value == U'_' || value == U'@' || value == U'/' ||
         value == U'.';
}

bool begins_inside_word(std::string_view text, std::size_t at) {
  return at > 0 && is_name_part(last_character(text.substr(0, at)));
}

/// Punctuation at the end of a sentence is not part of the address, a closing bracket only if the
/// address opened one.
std::size_t address_length(std::string_view url) {
  while (!url.empty()) {
    const char last = url.back();
    const bool closes = last == ')' && !url.contains('(');
    if (!closes && !std::string_view(".,;:!?'\"*_]}").contains(last)) break;
    url.remove_suffix(1);
  }
  return url.size();
}

}  // namespace

std::vector<VisibleLink> find_visible_links(std::string_view text) {
  using Kind = VisibleLink::Kind;
  std::vector<VisibleLink> links;
  if (!may_hold_link(text)) return links;
  re2::StringPiece rest(text);
  std::array<re2::StringPiece, 4> groups;
  while (RE2::FindAndConsume(
      &rest, link_pattern(), groups.data(), &groups[1], &groups[2], &groups[3])) {
    const auto group = std::ranges::find_if(groups, [](const auto& g) { return !g.empty(); });
    const auto begin = static_cast<std::size_t>(group->data() - text.data());
    std::string_view found(group->data(), group->size());
    const auto kind = static_cast<Kind>(group - groups.begin());
    if (kind == Kind::url) found = found.substr(0, address_length(found));
    if (found.empty() || begins_inside_word(text, begin)) continue;
    links.push_back({.kind = kind, .span = {begin, begin + found.size()}});
  }
  return links;
}

bool is_links_only(std::string_view line) {
  if (holds_plain_word(line)) return false;
  const std::vector<VisibleLink> links = find_visible_links(line);
  if (links.empty()) return false;
  std::size_t at = 0;
  std::string rest;
  for (const VisibleLink& link : links) {
    rest.append(line.substr(at, link.span.begin - at));
    at = link.span.end;
  }
  rest.append(line.substr(at));
  return !holds_words(rest);
}

std::string address_of(std::string_view visible) {
  if (visible.starts_with('@')) return "https://t.me/" + std::string(visible.substr(1));
  if (visible.contains("://")) return std::string(visible);
  return "https://" + std::string(visible);
}

std::string telegram_name_of(std::string_view url) {
  const auto name = url.starts_with('@') ? ChannelName::parse(url) : ChannelName::in_address(url);
  return name ? name->str() : std::string();
}

}  // namespace qanat::classifier
