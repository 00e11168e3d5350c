#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "base/utf8.h"

/// What kind of character, its number in tables, and what a text begins and ends with. Shared by
/// all that read text letter by letter.
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
[[nodiscard]] bool is_letter_or_digit(char32_t value);
/// A letter of that alphabet, with those that only other languages than Russian and English have.
[[nodiscard]] bool is_cyrillic(char32_t value);
[[nodiscard]] bool is_latin(char32_t value);
[[nodiscard]] bool is_blank(char32_t value);
/// An emoji or one of the invisible characters that build one (joiner, variation selector).
[[nodiscard]] bool is_emoji(char32_t value);
/// Emoji, bullets, arrows, dashes and frames: what stands before or between words as ornament.
[[nodiscard]] bool is_decoration(char32_t value);

/// utf8::decode(), with a short way to the characters that most texts consist of. Inline, as texts
/// are read over and over.
[[nodiscard, gnu::always_inline]] inline utf8::CodePoint character_at(std::string_view text,
                                                                      std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return {.value = first, .length = 1};
  if (first >= 0xC2 && first < 0xE0 && at + 1 < text.size()) {
    const auto second = static_cast<unsigned char>(text[at + 1]);
    if (utf8::is_tail(text[at + 1]))
      return {.value = ((first & 0x1FU) << 6U) | (second & 0x3FU), .length = 2};
  }
  return utf8::decode(text, at);
}

/// Characters as numbers small enough for a table of pairs: what texts mostly consist of, ASCII and
/// the letters of Russian, has a number of its own, anything else is 0.
inline constexpr std::size_t kNumbers = 256;
inline constexpr char32_t kNumberedCyrillic = 0x400;  ///< where the upper half of them begins
[[nodiscard]] constexpr std::uint8_t number_of(char32_t character) {
  constexpr char32_t kHalf = kNumbers / 2;
  if (character < kHalf) return static_cast<std::uint8_t>(character);
  const bool cyrillic = within(character, kNumberedCyrillic, kNumberedCyrillic + kHalf - 1);
  return static_cast<std::uint8_t>(cyrillic ? character - kNumberedCyrillic + kHalf : 0);
}

/// The character that has the number, which is not 0.
[[nodiscard]] constexpr char32_t character_of(std::uint8_t number) {
  constexpr char32_t kHalf = kNumbers / 2;
  return number < kHalf ? number : number - kHalf + kNumberedCyrillic;
}

struct NumberedCharacter {
  std::uint8_t number = 0;
  std::size_t length = 0;  ///< bytes; 0 at the text's end
};

/// The same of the character that begins at `at`, which is not decoded for it.
[[nodiscard, gnu::always_inline]] inline NumberedCharacter number_at(std::string_view text,
                                                                     std::size_t at) {
  if (at == text.size()) return {};
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return {.number = first, .length = 1};
  if ((first & 0xFEU) == 0xD0 && at + 1 < text.size()) {
    const auto second = static_cast<unsigned char>(text[at + 1]);
    const unsigned letter = (first & 1U) << 6U | (second & 0x3FU);
    if (utf8::is_tail(text[at + 1]))
      return {.number = static_cast<std::uint8_t>(0x80U | letter), .length = 2};
  }
  const utf8::CodePoint point = character_at(text, at);
  return {.number = number_of(point.value), .length = point.length};
}

/// The sign that `text` begins with belongs to its word, as no bullet does: "-40%", "--verbose",
/// "||", ">> file", "*args", "**kwargs".
[[nodiscard]] bool is_sign_of_word(std::string_view text);
/// Bytes of the ornament or blank that `text`, which is not empty, begins with, a keycap as a
/// whole; 0 when there is none.
[[nodiscard]] std::size_t ornament_length(std::string_view text);
/// `text` without blanks at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);
/// `text` without the ornaments and blanks it begins with. A sign that belongs to the word ("-40%",
/// "#tag", "@name") stays.
[[nodiscard]] std::string_view without_decoration(std::string_view text);
/// `text` without the ornaments and blanks it ends with.
[[nodiscard]] std::string_view without_trailing_decoration(std::string_view text);
/// `text` without those at both ends.
[[nodiscard]] inline std::string_view undecorated(std::string_view text) {
  return without_trailing_decoration(without_decoration(text));
}
/// Whether `is` holds of one of its characters.
template <class Is>
[[nodiscard]] bool holds_character(std::string_view text, Is is) {
  for (std::size_t at = 0; at < text.size();) {
    const utf8::CodePoint point = character_at(text, at);
    if (is(point.value)) return true;
    at += point.length;
  }
  return false;
}
/// Whether it says anything: a letter or digit is among its characters.
[[nodiscard]] bool holds_words(std::string_view text);
/// The last character of `text`; 0 when it is empty.
[[nodiscard]] char32_t last_character(std::string_view text);

}  // namespace qanat::classifier
