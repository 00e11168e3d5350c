#include "classifier/visible_links.h"

#include <algorithm>
#include <array>

#include <re2/re2.h>

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
      word = word || is_letter(point.value) || is_digit(point.value);
    }
  }
  return word && plain;
}

bool is_name_part(char32_t value) {
  return is_letter(value) || is_digit(value) || value == U'_' || value == U'@' || value == U'/' ||
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

std::string lower_ascii(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return result;
}

std::string_view after_scheme(std::string_view url) {
  const std::size_t colon = url.find("://");
  return colon == std::string_view::npos ? url : url.substr(colon + 3);
}

bool is_telegram_host(std::string_view host) {
  return host == "t.me" || host == "telegram.me" || host == "telegram.dog";
}

bool is_username(std::string_view name) {
  if (name.size() < 4 || name.size() > 32) return false;
  return std::ranges::all_of(
      name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

/// "name" of https://t.me/name/12 and of https://t.me/s/name.
std::string_view first_of_path(std::string_view url) {
  std::string_view path = after_scheme(url);
  path.remove_prefix(std::min(path.find('/'), path.size()));
  if (path.starts_with("/s/")) path.remove_prefix(2);
  if (!path.empty()) path.remove_prefix(1);
  return path.substr(0, path.find_first_of("/?#"));
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
  for (std::size_t i = 0; i < rest.size();) {
    const utf8::CodePoint point = utf8::decode(rest, i);
    if (is_letter(point.value) || is_digit(point.value)) return false;
    i += point.length;
  }
  return true;
}

std::string address_of(std::string_view visible) {
  if (visible.starts_with('@')) return "https://t.me/" + std::string(visible.substr(1));
  if (visible.contains("://")) return std::string(visible);
  return "https://" + std::string(visible);
}

std::string host_of(std::string_view url) {
  std::string_view rest = after_scheme(url);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  if (const std::size_t user = rest.find('@'); user != std::string_view::npos) {
    rest.remove_prefix(user + 1);
  }
  rest = rest.substr(0, rest.find(':'));
  std::string host = lower_ascii(rest);
  if (host.starts_with("www.")) host.erase(0, 4);
  return host;
}

std::string telegram_name_of(std::string_view url) {
  if (url.starts_with('@')) {
    const std::string handle = lower_ascii(url.substr(1));
    return is_username(handle) ? handle : std::string();
  }
  constexpr std::string_view kAfterName = ".t.me";
  const std::string host = host_of(url);
  std::string name;
  if (host.ends_with(kAfterName))
    name = host.substr(0, host.size() - kAfterName.size());
  else if (is_telegram_host(host))
    name = lower_ascii(first_of_path(url));
  const bool reserved =
      name == "addlist" || name == "joinchat" || name == "share" || name == "proxy";
  return is_username(name) && !reserved ? name : std::string();
}

}  // namespace qanat::classifier
