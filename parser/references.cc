#include "parser/references.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace qanat::parser {

namespace {

/// The digits of a numeric reference, and what names U+FFFD in their base.
struct Digits {
  std::size_t begin;
  std::size_t end;
  std::string_view replacement;
};

/// `at` is behind the "&#".
Digits digits_at(std::string_view html, std::size_t at) {
  const bool hex = at < html.size() && (html[at] == 'x' || html[at] == 'X');
  const std::size_t begin = hex ? at + 1 : at;
  const std::string_view digits = hex ? "0123456789abcdefABCDEF" : "0123456789";
  const std::size_t end = std::min(html.find_first_not_of(digits, begin), html.size());
  return {.begin = begin, .end = end, .replacement = hex ? "FFFD" : "65533"};
}

}  // namespace

void bound_references(std::string& html) {
  constexpr std::size_t kFit =
      7;  // digits, in both bases, that an int holds; no character needs more
  for (std::size_t at = html.find("&#"); at != std::string::npos; at = html.find("&#", at)) {
    at += 2;
    const Digits number = digits_at(html, at);
    const std::size_t first = std::min(html.find_first_not_of('0', number.begin), number.end);
    if (number.end - first <= kFit) continue;
    const std::size_t kept = number.end - number.replacement.size();
    html.replace(kept, number.replacement.size(), number.replacement);
    std::fill(html.begin() + static_cast<std::ptrdiff_t>(number.begin),
              html.begin() + static_cast<std::ptrdiff_t>(kept),
              '0');
  }
}

}  // namespace qanat::parser
