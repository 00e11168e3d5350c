#pragma once

#include <algorithm>
#include <string>
#include <string_view>

/// Letters and digits of ASCII. Names of hosts, headers, robots and channels are compared without
/// regard to the case of Latin letters.
namespace qanat {

[[nodiscard]] constexpr bool is_ascii_digit(char character) {
  return character >= '0' && character <= '9';
}
[[nodiscard]] constexpr bool is_ascii_letter(char character) {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}
/// What names and identifiers consist of.
[[nodiscard]] constexpr bool is_ascii_word(char character) {
  return is_ascii_digit(character) || is_ascii_letter(character) || character == '_';
}

[[nodiscard]] constexpr char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

/// Its Latin letters in lower case, the rest as it is.
[[nodiscard]] inline std::string lowered(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), lower);
  return out;
}

/// `text` without the blanks of ASCII at both ends.
[[nodiscard]] constexpr std::string_view trimmed_ascii(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n\f\v";
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);  // npos + 1 is 0
}

[[nodiscard]] constexpr bool equal_without_case(std::string_view one, std::string_view other) {
  return std::ranges::equal(one, other, {}, lower, lower);
}

}  // namespace qanat
