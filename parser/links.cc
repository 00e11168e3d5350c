#include "parser/links.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/ascii.h"
#include "base/link_address.h"
#include "base/utf8.h"
#include "parser/counts.h"
#include "parser/words.h"

namespace qanat::parser {

namespace {

constexpr std::string_view kHome = "https://t.me";

/// The code point of "#33" or "#x21"; 0 when it is none.
char32_t numeric_reference(std::string_view name) {
  const bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
  std::uint32_t value = 0;
  for (const char c : name.substr(hex ? 2 : 1)) {
    const std::size_t digit = std::string_view{"0123456789abcdef"}.find(lowered({&c, 1}));
    if (digit == std::string_view::npos || (!hex && digit > 9) || value > 0x10FFFF) return 0;
    value = value * (hex ? 16 : 10) + static_cast<std::uint32_t>(digit);
  }
  return value;
}

/// The character that "&name;" stands for; 0 for names that no escaper of an address writes.
char32_t character_of(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, char32_t>, 6> kNames = {
      {{"amp", U'&'}, {"lt", U'<'}, {"gt", U'>'}, {"quot", U'"'}, {"apos", U'\''}, {"nbsp", 0xA0}}};
  if (name.starts_with('#')) return numeric_reference(name);
  for (const auto& [known, character] : kNames)
    if (known == name) return character;
  return 0;
}

/// One layer of character references taken off. Only those with a semicolon: "&copy=1" is part of
/// an address.
std::string unescaped(std::string_view text) {
  constexpr std::size_t kLongestName = 9;
  std::string out;
  while (!text.empty()) {
    const std::size_t end = text.front() == '&' ? text.substr(0, kLongestName + 2).find(';') : 0;
    const bool reference = end != 0 && end != std::string_view::npos;
    const char32_t character = reference ? character_of(text.substr(1, end - 1)) : 0;
    if (character == 0) {
      out += text.front();
      text.remove_prefix(1);
    } else {
      utf8::append(out, character);
      text.remove_prefix(end + 1);
    }
  }
  return out;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    constexpr std::string_view kHex = "0123456789abcdef";
    const std::string digits = text[at] == '%' ? lowered(text.substr(at + 1, 2)) : "";
    const std::size_t high = digits.size() == 2 ? kHex.find(digits[0]) : std::string_view::npos;
    const std::size_t low = digits.size() == 2 ? kHex.find(digits[1]) : std::string_view::npos;
    const bool escape = high != std::string_view::npos && low != std::string_view::npos;
    out += escape ? static_cast<char>(high * 16 + low) : text[at];
    if (escape) at += 2;
  }
  return out;
}

/// The address in the form in which two spellings of it are equal.
std::string comparable(std::string_view address) {
  const std::string plain = lowered(percent_decoded(trimmed(address)));
  std::string_view rest = plain;
  for (const std::string_view scheme : {"https://", "http://", "ftp://", "mailto:", "tel:"})
    if (rest.starts_with(scheme)) {
      rest.remove_prefix(scheme.size());
      break;
    }
  if (rest.starts_with("www.")) rest.remove_prefix(4);
  if (rest.ends_with('/')) rest.remove_suffix(1);
  return std::string{rest};
}

std::string only_digits(std::string_view text) {
  std::string digits;
  for (const char c : text)
    if (is_ascii_digit(c)) digits += c;
  return digits;
}

/// Telegram's own search in a channel; other sites have addresses like it.
bool is_search(std::string_view href, std::string_view url, char sign) {
  const std::string escaped = sign == '#' ? "?q=%23" : "?q=%24";
  const std::string plain = std::string{"?q="} + sign;
  const bool asks =
      href.find(escaped) != std::string_view::npos || href.find(plain) != std::string_view::npos;
  return asks && !path_on_telegram(comparable(url)).empty();
}

/// Whether it is an absolute address that leads somewhere: neither a piece of one, nor code or data
/// in the place of one.
bool is_address(std::string_view url) {
  constexpr std::string_view kSchemeSigns = "abcdefghijklmnopqrstuvwxyz0123456789+-.";
  const std::size_t colon = url.find(':');
  const std::string scheme = lowered(url.substr(0, colon));
  if (colon == std::string_view::npos || scheme.empty() || scheme.front() < 'a' ||
      scheme.find_first_not_of(kSchemeSigns) != std::string::npos)
    return false;
  constexpr std::array<std::string_view, 3> kNotPlaces = {"javascript", "vbscript", "data"};
  if (std::ranges::find(kNotPlaces, scheme) != kNotPlaces.end()) return false;
  std::string_view rest = url.substr(colon + 1);
  if (rest.starts_with("//")) rest.remove_prefix(2);
  const bool has_place = !rest.empty() && !std::string_view{"/?#"}.contains(rest.front());
  return has_place && std::ranges::none_of(rest, [](char c) {
           return static_cast<unsigned char>(c) <= ' ' || c == '\x7F' || c == '"' || c == '<' ||
                  c == '>';
         });
}

/// A host written in its own script, and a target in punycode.
bool may_be_international(std::string_view shown, std::string_view url) {
  return url.find("xn--") != std::string_view::npos && shown.find('.') != std::string_view::npos &&
         shown.find(' ') == std::string_view::npos;
}

}  // namespace

std::string resolve(std::string_view href, std::string_view slug) {
  href = trimmed(href);
  if (href.empty()) return {};
  std::string url{href};
  if (href.starts_with("//"))
    url.insert(0, "https:");
  else if (href.starts_with('/'))
    url.insert(0, kHome);
  else if (href.starts_with('?'))
    url = std::string{kHome}.append("/s/").append(slug).append(href);
  return is_address(url) ? url : "";
}

std::string target_of(Node anchor, std::string_view slug) {
  const std::string_view href = anchor.attribute(Attribute::href);
  if (!anchor.has_attribute(Attribute::onclick)) return resolve(href, slug);
  return resolve(unescaped(href), slug);
}

std::string target_of(Node anchor, std::string_view slug, const char* field, Malformed& malformed) {
  std::string url = target_of(anchor, slug);
  if (url.empty() && !trimmed(anchor.attribute(Attribute::href)).empty()) ++malformed[field];
  return url;
}

bool shows_address(std::string_view shown, std::string_view url) {
  const std::string from = comparable(shown);
  const std::string to = comparable(url);
  if (from.empty()) return false;
  if (from == to) return true;
  const std::string path = path_on_telegram(to);
  if (from.front() == '@') return path == from.substr(1);
  if (!url.starts_with("tel:")) return false;
  return !only_digits(from).empty() && only_digits(from) == only_digits(to);
}

bool is_masked(Node anchor, std::string_view shown, std::string_view url, std::string_view slug) {
  if (shows_address(shown, url)) return false;
  // Telegram asks before it opens a link whose words an author chose; what it linked by itself
  // opens at once.
  if (anchor.has_attribute(Attribute::onclick)) return true;
  const std::string address = comparable(url);
  return path_on_telegram(address) != lowered(slug) && !may_be_international(shown, address);
}

EntityKind link_kind(std::string_view href, std::string_view url, std::string_view shown) {
  if (shown.starts_with('#') && is_search(href, url, '#')) return EntityKind::hashtag;
  if (shown.starts_with('$') && is_search(href, url, '$')) return EntityKind::cashtag;
  if (url.starts_with("mailto:")) return EntityKind::email;
  if (url.starts_with("tel:")) return EntityKind::phone;
  if (url.starts_with("tg://bot_command")) return EntityKind::bot_command;
  if (shown.starts_with('@') && shows_address(shown, url)) return EntityKind::mention;
  return EntityKind::link;
}

bool is_message_of(std::string_view slug, std::string_view url) {
  const std::string path = path_on_telegram(comparable(url));
  const std::size_t slash = path.find('/');
  return slash != std::string::npos && path.find('/', slash + 1) == std::string::npos &&
         std::string_view{path}.substr(0, slash) == lowered(slug);
}

std::optional<MessageId> message_in(std::string_view url) {
  const std::string plain = comparable(url);
  const std::string path = path_on_telegram(plain);
  const std::string_view names = std::string_view{path}.substr(0, path.find_first_of("?#"));
  const std::size_t slash = names.rfind('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto number = parse_number(names.substr(slash + 1));
  return number && *number >= 1 ? number : std::nullopt;
}

}  // namespace qanat::parser
