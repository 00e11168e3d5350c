#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What a vocabulary counts of a text: how its words begin, and which stand side by side. Pure.
namespace qanat::classifier {

/// Letters that say what a word is about, whatever its form: of its head, and of its beginning.
inline constexpr int kHeadLetters = 4;
inline constexpr int kBeginningLetters = 8;

/// Raised whenever the same text would give other parts: it enters the pack's hash.
inline constexpr int kWordPartsVersion = 2;

/// The head of a word ("запи"), its beginning ("записыва"), or the heads of two neighbours ("пиши в
/// ли" has "пиши в" and "в ли"). Lower case, ё as е.
class WordPart {
 public:
  /// The first letters of a word.
  [[nodiscard]] static WordPart of_word(std::uint64_t letters) { return {letters, false}; }
  /// Of two heads.
  [[nodiscard]] static WordPart of_pair(std::uint64_t first, std::uint64_t second) {
    return {first << 8U * kHeadLetters | second, true};
  }

  [[nodiscard]] bool is_pair() const { return pair_; }
  /// As a number: no two of a kind, of one word or of a pair, have the same.
  [[nodiscard]] std::uint64_t code() const { return code_; }
  [[nodiscard]] std::string text() const;

  auto operator<=>(const WordPart&) const = default;

 private:
  WordPart(std::uint64_t code, bool pair) : code_(code), pair_(pair) {}

  std::uint64_t code_ = 0;  ///< a byte for each letter, the last one lowest
  bool pair_ = false;
};

/// The letters of a word that count.
class Word {
 public:
  /// `letter` by its number (characters.h); of more than kBeginningLetters the rest is left out.
  void append(std::uint8_t letter) {
    if (length_ == kBeginningLetters) return;
    letters_ = letters_ << 8U | letter;
    ++length_;
  }

  [[nodiscard]] std::uint64_t beginning() const { return letters_; }
  [[nodiscard]] std::uint64_t head() const {
    return length_ > kHeadLetters ? letters_ >> 8U * (length_ - kHeadLetters) : letters_;
  }

 private:
  std::uint64_t letters_ = 0;
  unsigned length_ = 0;
};

/// Reads the words of a text one by one. Addresses, @names, #tags, numbers and signs are no words:
/// rules know what they tell. Linear, allocates nothing.
class WordReader {
 public:
  explicit WordReader(std::string_view text) : text_(text) {}

  /// Nothing at the text's end.
  std::optional<Word> next();

 private:
  Word read_word();

  std::string_view text_;
  std::size_t at_ = 0;
};

/// Calls `take` with each part of a text, as often as it is there.
template <class Take>
void for_each_part(std::string_view text, Take take) {
  WordReader reader(text);
  std::uint64_t before = 0;
  while (const auto word = reader.next()) {
    const std::uint64_t head = word->head();
    take(WordPart::of_word(head));
    if (word->beginning() != head) take(WordPart::of_word(word->beginning()));
    if (before != 0) take(WordPart::of_pair(before, head));
    before = head;
  }
}

/// Those of all `texts`, each once, ascending.
[[nodiscard]] std::vector<WordPart> parts_of(std::span<const std::string_view> texts);

/// The part that is written so; nothing where none is.
[[nodiscard]] std::optional<WordPart> word_part_of(std::string_view text);

}  // namespace qanat::classifier
