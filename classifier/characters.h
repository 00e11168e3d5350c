#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>

#include "base/utf8.h"

/// What kind of character, and what a line begins and ends with. Shared by segmenter, features and
/// normalizer.
namespace qanat::classifier {

[[nodiscard]] constexpr bool within(char32_t value, char32_t first, char32_t last) {
  return first <= value && value <= last;
}
/// Characters below this are worth a table: nearly all that texts consist of.
inline constexpr char32_t kTableSize = 0x600;

/// What `compute` says of each character below kTableSize.
template <class Compute>
[[nodiscard]] auto table_of(Compute compute) {
  std::array<std::invoke_result_t<Compute, char32_t>, kTableSize> filled{};
  for (char32_t each = 0; each < kTableSize; ++each) filled.at(each) = compute(each);
  return filled;
}

[[nodiscard]] bool is_letter(char32_t value);
[[nodiscard]] bool is_upper(char32_t value);
[[nodiscard]] bool is_digit(char32_t value);
[[nodiscard]] bool is_cyrillic(char32_t value);
[[nodiscard]] bool is_latin(char32_t value);
[[nodiscard]] bool is_blank(char32_t value);
/// An emoji or one of the invisible characters that build one (joiner, variation selector).
[[nodiscard]] bool is_emoji(char32_t value);
/// Emoji, bullets, arrows, dashes and frames: what stands before or between words as ornament.
[[nodiscard]] bool is_decoration(char32_t value);

/// utf8::decode(), with a short way to the characters that most texts consist of.
[[nodiscard]] inline utf8::CodePoint character_at(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return {.value = first, .length = 1};
  if (first >= 0xC2 && first < 0xE0 && at + 1 < text.size()) {
    const auto second = static_cast<unsigned char>(text[at + 1]);
    if ((second & 0xC0U) == 0x80U)
      return {.value = ((first & 0x1FU) << 6U) | (second & 0x3FU), .length = 2};
  }
  return utf8::decode(text, at);
}

/// `text` without blanks at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);
/// `text` without the ornaments and blanks it begins with. A sign that belongs to the word ("-40%",
/// "#tag", "@name") stays.
[[nodiscard]] std::string_view without_decoration(std::string_view text);
/// `text` without the ornaments and blanks it ends with.
[[nodiscard]] std::string_view without_trailing_decoration(std::string_view text);
/// The last character of `text`; 0 when it is empty.
[[nodiscard]] char32_t last_character(std::string_view text);

}  // namespace qanat::classifier
