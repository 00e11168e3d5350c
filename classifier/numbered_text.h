#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "classifier/characters.h"

namespace qanat::classifier {

/// A text decoded once, for all who look for something in it: its characters, counted from 0, by
/// their numbers. A part shares them with the whole. Cheap to copy; the text outlives it.
class NumberedText {
 public:
  NumberedText() = default;
  explicit NumberedText(std::string_view text);

  /// Of these bytes, which begin and end with whole characters.
  [[nodiscard]] NumberedText part(Span bytes) const;

  [[nodiscard]] std::string_view text() const { return text_; }
  /// How many characters it has.
  [[nodiscard]] std::size_t size() const { return numbers_.size(); }

  [[nodiscard]] std::uint8_t number(std::size_t at) const { return numbers_[at]; }
  /// The same; 0 behind the end.
  [[nodiscard]] std::uint8_t number_or_none(std::size_t at) const {
    return at < numbers_.size() ? numbers_[at] : 0;
  }
  [[nodiscard]] char32_t character(std::size_t at) const {
    const std::uint8_t known = numbers_[at];
    return known != 0 ? character_of(known) : character_at(text_, byte_of(at)).value;
  }
  [[nodiscard]] bool is_word(std::size_t at) const;

  /// Where the character begins; that behind the last is where the text ends.
  [[nodiscard]] std::size_t byte_of(std::size_t at) const { return bytes_[at] - bytes_.front(); }
  [[nodiscard]] Span bytes_of(Span characters) const {
    return {.begin = byte_of(characters.begin), .end = byte_of(characters.end)};
  }
  /// The first character that begins at the byte or behind it.
  [[nodiscard]] std::size_t character_from(std::size_t byte) const;

 private:
  struct Characters {
    std::vector<std::uint8_t> numbers;
    std::vector<std::uint32_t> bytes;  ///< where they begin, and where the last ends
  };

  std::string_view text_;
  std::shared_ptr<const Characters> all_;  ///< of the whole
  std::span<const std::uint8_t> numbers_;
  std::span<const std::uint32_t> bytes_;
};

}  // namespace qanat::classifier
