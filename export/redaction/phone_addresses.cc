#include <array>

#include "export/redaction/addresses.h"
#include "export/redaction/characters.h"
#include "export/redaction/phone_shape.h"

namespace qanat::exporting {
namespace {

/// What stands before the digits.
constexpr std::array<std::string_view, 7> kBeforePhone = {
    "tel:", "t.me/", "telegram.me/", "wa.me/", "phone=", "chat?number=", "viber.click/"};

std::size_t behind_plus(std::string_view text, std::size_t at) {
  for (const std::string_view plus : {"+", "%2b"}) {
    if (begins_with(text.substr(at), plus)) return at + plus.size();
  }
  return at;
}

}  // namespace

void find_phone_addresses(std::string_view text, std::vector<Finding>& out) {
  constexpr std::size_t kShortest = 10;
  constexpr std::size_t kLongest = 15;
  for (std::size_t at = text.find_first_of(":/="); at != std::string_view::npos;
       at = text.find_first_of(":/=", at + 1)) {
    for (const std::string_view before : kBeforePhone) {
      const std::size_t size = before.size();
      if (at + 1 < size || !begins_with(text.substr(at + 1 - size), before)) continue;
      const std::size_t begin = behind_plus(text, at + 1);
      std::size_t end = begin;
      while (end < text.size() && is_ascii_digit(text[end])) ++end;
      if (end - begin < kShortest || end - begin > kLongest) continue;
      if (end < text.size() && is_ascii_word(text[end])) continue;
      out.push_back({.span = {at + 1, end},
                     .kind = PersonalKind::phone,
                     .value = phone_value(std::string(text.substr(begin, end - begin)))});
    }
  }
}

}  // namespace qanat::exporting
