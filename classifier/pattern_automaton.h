#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "classifier/character_classes.h"
#include "classifier/numbered_text.h"
#include "classifier/pattern_syntax.h"

namespace qanat::classifier {

/// A pattern as its positions, the places in it that take one character each, and which of them may
/// follow which (Glushkov's automaton). Matching keeps the positions that the text has reached, as
/// a set of bits: what a step takes does not depend on how many alternatives there are.
///
/// Nothing is built while a text is read, as RE2 builds its states: a text never seen before costs
/// what any other does. Immutable.
class PatternAutomaton {
 public:
  static constexpr std::size_t kMostPositions = 1024;

  /// Nothing for a pattern that may match the empty string, or that is too long.
  [[nodiscard]] static std::optional<PatternAutomaton> build(const PatternNode& pattern);

  /// Whether no match begins but where the text does.
  [[nodiscard]] bool begins_with_text() const { return begins_with_text_; }
  /// False where no match begins with the text's character: at most places this is all that is
  /// asked.
  [[nodiscard]] bool may_begin_with(const NumberedText& text, std::size_t at) const {
    return opening_[class_at(text, at)];
  }

  /// The end of the longest match that begins there, of those that do not end inside a word when
  /// `ends_word`; in characters. To begin takes one of `tries`, and so does each position that is
  /// reached; when none is left, nothing is known.
  [[nodiscard]] std::optional<std::size_t> longest_match(const NumberedText& text,
                                                         std::size_t begin,
                                                         bool ends_word,
                                                         std::size_t& tries) const;

 private:
  friend class AutomatonBuilder;
  template <std::size_t kWords>
  class Run;
  /// A bit for each position.
  using Positions = std::vector<std::uint64_t>;
  static constexpr std::size_t kBitsOfWord = 64;
  static constexpr std::size_t kMostWords = kMostPositions / kBitsOfWord;

  [[nodiscard]] std::size_t class_at(const NumberedText& text, std::size_t at) const {
    const std::uint8_t number = text.number(at);
    return number != 0 ? classes_.of_number(number) : classes_.of(text.character(at));
  }

  std::size_t words_ = 0;    ///< that a set of positions takes: a power of 2, at most kMostWords
  Positions first_;          ///< where a match may begin, anywhere in a text
  Positions first_of_text_;  ///< and where the text begins
  Positions last_;           ///< where it may end, anywhere in a text
  Positions last_of_text_;   ///< and where the text ends
  Positions followers_;      ///< by position, a set each
  Positions taking_;         ///< by class of characters, a set each: those that take it
  CharacterClasses classes_;
  std::bitset<CharacterClasses::kMostClasses> opening_;  ///< what a match may begin with
  bool begins_with_text_ = true;
};

}  // namespace qanat::classifier
