#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Words as a vocabulary counts them. Pure.
namespace qanat::classifier {

/// Letters that a stem keeps: in Russian and English they hold what the forms of a word share.
inline constexpr int kStemLetters = 6;

/// Raised whenever the same text would give other stems: it enters the pack's hash.
inline constexpr int kStemVersion = 1;

/// The first letters of a word in lower case, ё as е.
class Stem {
 public:
  /// As a number: no two stems have the same.
  [[nodiscard]] std::uint64_t code() const { return code_; }
  [[nodiscard]] std::string text() const;

  /// `letter` by its number (characters.h); of more than kStemLetters the rest is left out.
  void append(std::uint8_t letter) {
    constexpr std::uint64_t kLastLetter = std::uint64_t{0xFF} << 8U * (kStemLetters - 1);
    if ((code_ & kLastLetter) == 0) code_ = code_ << 8U | letter;
  }

 private:
  std::uint64_t code_ = 0;  ///< a byte for each letter
};

/// Reads the stems of a text one by one. Addresses, @names, #tags, numbers and signs are no words:
/// rules know what they tell. Linear, allocates nothing.
class StemReader {
 public:
  explicit StemReader(std::string_view text) : text_(text) {}

  /// Nothing at the text's end.
  std::optional<Stem> next();

 private:
  Stem read_word();

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace qanat::classifier
