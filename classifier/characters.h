#pragma once

#include <cstddef>
#include <string_view>

/// What kind of character, and what a line begins and ends with. Shared by segmenter, features and
/// normalizer.
namespace qanat::classifier {

[[nodiscard]] constexpr bool within(char32_t value, char32_t first, char32_t last) {
  return first <= value && value <= last;
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
