#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/utf8.h"
#include "export/redaction/addresses.h"
#include "export/redaction/characters.h"

namespace qanat::exporting {
namespace {

/// What may stand in an e-mail address around its @.
bool is_email_character(char32_t value) {
  return is_letter(value) || (value >= U'0' && value <= U'9') || value == U'.' || value == U'_' ||
         value == U'%' || value == U'+' || value == U'-';
}

/// Where the characters end that an address can hold, the @ left out.
std::size_t email_part_end(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const utf8::CodePoint point = utf8::decode(text, at);
    if (!is_email_character(point.value)) break;
    at += point.length;
  }
  return at;
}

constexpr std::string_view kPunycode = "xn--";  ///< how a name in other letters begins (RFC 5890)

/// "example.com" of "example.com-Ivan": the last label has no signs.
std::string_view domain_alone(std::string_view domain) {
  const std::size_t last = domain.rfind('.') + 1;  // 0 when there is no dot
  if (domain.substr(last).starts_with(kPunycode)) return domain;
  return domain.substr(0, domain.find_first_of("-%+_", last));
}

/// "icon@2x.png" is a file.
bool is_picture_suffix(std::string_view label) {
  constexpr std::array<std::string_view, 6> kSuffixes = {
      "png", "jpg", "jpeg", "gif", "svg", "webp"};
  return std::ranges::find(kSuffixes, label) != kSuffixes.end();
}

/// Labels parted by dots, the last of them two letters or more.
bool is_domain(std::string_view domain) {
  const std::size_t dot = domain.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || domain.find("..") != std::string_view::npos) {
    return false;
  }
  const std::string_view last = domain.substr(dot + 1);
  if (utf8::length(last) < 2 || is_picture_suffix(last)) return false;
  if (last.starts_with(kPunycode)) return true;
  for (std::size_t at = 0; at < last.size();) {
    const utf8::CodePoint point = utf8::decode(last, at);
    if (!is_letter(point.value)) return false;
    at += point.length;
  }
  return true;
}

/// "git@example.org:team/project.git" is a repository, "ivan@example.org:8080" and a word are not.
bool is_repository(std::string_view text, std::size_t end) {
  if (end >= text.size() || text[end] != ':') return false;
  std::size_t at = end + 1;
  const auto is_path = [](char c) {
    return is_ascii_word(c) || std::string_view("-./~").contains(c);
  };
  while (at < text.size() && is_path(text[at])) ++at;
  const std::string_view path = text.substr(end + 1, at - end - 1);
  return std::ranges::any_of(path, is_ascii_letter) && is_ascii_word(path.front()) &&
         (path.contains('/') || path.ends_with(".git"));
}

}  // namespace

void find_emails(std::string_view text, std::vector<Finding>& out) {
  if (!text.contains('@')) return;  // as nearly all: each letter would be decoded for nothing
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t local_end = email_part_end(text, at);
    if (local_end >= text.size()) return;
    if (text[local_end] != '@') {
      at = local_end + utf8::decode(text, local_end).length;
      continue;
    }
    std::size_t begin = at;
    while (begin < local_end && std::string_view(".-%+").contains(text[begin])) ++begin;
    at = local_end + 1;
    std::size_t end = email_part_end(text, at);
    while (end > at && std::string_view(".-%+_").contains(text[end - 1])) --end;
    end = at + domain_alone(text.substr(at, end - at)).size();
    if (begin == local_end || !is_domain(text.substr(at, end - at)) || is_repository(text, end)) {
      continue;
    }
    out.push_back({.span = {begin, end},
                   .kind = PersonalKind::email,
                   .value = small_letters(text.substr(begin, end - begin))});
    at = end;
  }
}

}  // namespace qanat::exporting
