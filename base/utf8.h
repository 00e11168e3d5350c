#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace qanat::utf8 {

/// One decoded code point and how many bytes it took. An invalid byte decodes to U+FFFD, length 1.
struct CodePoint {
  char32_t value = 0;
  std::size_t length = 0;
  bool valid = true;
};

/// Decodes the code point that starts at `text[at]`; `at` must be inside `text`.
[[nodiscard]] CodePoint decode(std::string_view text, std::size_t at);

/// Appends `value` as UTF-8; surrogates and values over U+10FFFF become U+FFFD.
void append(std::string& out, char32_t value);

[[nodiscard]] bool is_valid(std::string_view text);

/// How many bytes of `text` are no part of valid UTF-8.
[[nodiscard]] std::size_t count_invalid(std::string_view text);

/// `text` with each invalid byte replaced by U+FFFD: nothing is dropped.
[[nodiscard]] std::string repaired(std::string_view text);

/// Whether a byte goes on with a character that an earlier byte began.
[[nodiscard]] constexpr bool is_tail(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// Where the character begins that the byte at `at` belongs to; the end of `text` is its own.
[[nodiscard]] constexpr std::size_t start_of_character(std::string_view text, std::size_t at) {
  while (at > 0 && at < text.size() && is_tail(text[at])) --at;
  return at;
}

/// Where the last character of `text`, which is not empty, begins.
[[nodiscard]] constexpr std::size_t start_of_last(std::string_view text) {
  return start_of_character(text, text.size() - 1);
}

/// How many code points `text` holds.
[[nodiscard]] std::size_t length(std::string_view text);

/// Translates between byte offsets (inside the program) and code point offsets (in JSON) of one
/// text after one linear pass; to code points by binary search. Owns what it needs; `text` may go
/// away.
class OffsetMap {
 public:
  explicit OffsetMap(std::string_view text);

  /// The code point index of the byte offset; text.size() maps to the length. An offset inside a
  /// code point counts that code point.
  [[nodiscard]] std::size_t to_code_points(std::size_t byte) const;
  /// The byte offset of the code point index; an index past the end maps to text.size().
  [[nodiscard]] std::size_t to_bytes(std::size_t code_point) const;

 private:
  std::vector<std::size_t> starts_;  ///< byte offset of each code point, then text.size()
};

}  // namespace qanat::utf8
