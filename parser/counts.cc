#include "parser/counts.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "base/number.h"
#include "parser/words.h"

namespace qanat::parser {

namespace {

constexpr std::string_view kDigits = "0123456789";

/// Blanks that group digits: U+0020, and the no-break, thin and narrow no-break spaces.
std::string without_blanks(std::string_view shown) {
  constexpr std::array<std::string_view, 6> kBlanks = {
      " ", "\t", "\n", "\u00a0", "\u2009", "\u202f"};
  std::string out;
  while (!shown.empty()) {
    std::size_t skip = 0;
    for (const std::string_view blank : kBlanks)
      if (shown.starts_with(blank)) skip = blank.size();
    if (skip == 0) out += shown.front();
    shown.remove_prefix(skip == 0 ? 1 : skip);
  }
  return out;
}

/// How many zeros K, M and B stand for.
int zeros_of(char suffix) {
  switch (suffix) {
    case 'k':
    case 'K': return 3;
    case 'm':
    case 'M': return 6;
    case 'b':
    case 'B': return 9;
    default: return 0;
  }
}

/// "8.67" and 6 zeros → "8670000".
std::optional<std::int64_t> scaled(std::string_view number, int zeros) {
  const std::size_t point = std::min(number.find_first_of(".,"), number.size());
  std::string digits{number.substr(0, point)};
  std::string_view fraction = point == number.size() ? "" : number.substr(point + 1);
  if (point != number.size() && fraction.empty()) return std::nullopt;
  if (fraction.find_first_not_of(kDigits) != std::string_view::npos) return std::nullopt;
  fraction = fraction.substr(0, static_cast<std::size_t>(zeros));
  digits += fraction;
  digits.append(static_cast<std::size_t>(zeros) - fraction.size(), '0');
  return parse_number(digits);
}

/// "1,234,567" → "1234567"; nothing when a group is not three digits long.
std::optional<std::int64_t> grouped(std::string_view number) {
  const std::size_t first = std::min(number.find_first_of(".,"), number.size());
  std::string digits{number.substr(0, first)};
  for (number.remove_prefix(first); !number.empty(); number.remove_prefix(4)) {
    const bool group = number.size() >= 4 && (number[0] == ',' || number[0] == '.') &&
                       number.substr(1, 3).find_first_not_of(kDigits) == std::string_view::npos;
    if (!group) return std::nullopt;
    digits += number.substr(1, 3);
  }
  return parse_number(digits);
}

}  // namespace

std::optional<std::int64_t> parse_number(std::string_view digits) {
  if (digits.empty() || digits.find_first_not_of(kDigits) != std::string_view::npos)
    return std::nullopt;
  return read_number<std::int64_t>(digits);
}

Count parse_count(std::string_view shown) {
  Count count{.text = std::string{trimmed(shown)}};
  const std::string packed = without_blanks(count.text);
  if (packed.empty() || kDigits.find(packed.front()) == std::string_view::npos) return count;
  const int zeros = zeros_of(packed.back());
  const std::string_view number = packed;
  count.value = zeros == 0 ? grouped(number) : scaled(number.substr(0, number.size() - 1), zeros);
  return count;
}

std::optional<int> parse_duration(std::string_view shown) {
  constexpr std::int64_t kLongest = std::numeric_limits<int>::max() / 60 - 1;
  std::string_view rest = trimmed(shown);
  std::int64_t seconds = 0;
  int parts = 0;
  while (true) {
    const std::size_t colon = rest.find(':');
    const auto part = parse_number(rest.substr(0, colon));
    if (!part || *part > kLongest || seconds > kLongest || ++parts > 3) return std::nullopt;
    seconds = seconds * 60 + *part;
    if (colon == std::string_view::npos) break;
    rest.remove_prefix(colon + 1);
  }
  if (parts < 2 || seconds > std::numeric_limits<int>::max()) return std::nullopt;
  return static_cast<int>(seconds);
}

}  // namespace qanat::parser
