#include <algorithm>
#include <array>

#include "base/ascii.h"
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

/// The digits of a number at `at`, a plus before them left out; empty when they are no phone's.
std::string_view number_at(std::string_view text, std::size_t at) {
  constexpr std::size_t kShortest = 10;
  constexpr std::size_t kLongest = 15;
  const std::size_t begin = behind_plus(text, at);
  std::size_t end = begin;
  while (end < text.size() && is_ascii_digit(text[end])) ++end;
  const std::string_view digits = text.substr(begin, end - begin);
  if (digits.size() < kShortest || digits.size() > kLongest) return {};
  if (end < text.size() && is_ascii_word(text[end])) return {};
  return digits;
}

bool leads_to_phone(std::string_view before) {
  return std::ranges::any_of(kBeforePhone, [&](std::string_view way) {
    return before.size() >= way.size() &&
           begins_with(before.substr(before.size() - way.size()), way);
  });
}

}  // namespace

void find_phone_addresses(std::string_view text, std::vector<Finding>& out) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool leads = text[at] == ':' || text[at] == '/' || text[at] == '=';
    if (!leads || !leads_to_phone(text.substr(0, at + 1))) continue;
    const std::string_view digits = number_at(text, at + 1);
    if (digits.empty()) continue;
    const auto end = static_cast<std::size_t>(digits.data() + digits.size() - text.data());
    out.push_back({.span = {at + 1, end},
                   .kind = PersonalKind::phone,
                   .value = phone_value(std::string(digits))});
  }
}

}  // namespace qanat::exporting
