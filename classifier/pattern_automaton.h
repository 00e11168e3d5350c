#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "classifier/character_set.h"
#include "classifier/pattern_syntax.h"

namespace qanat::classifier {

/// A pattern as its positions, the places in it that take one character each, and which of them may
/// follow which (Glushkov's automaton). Matching keeps the positions that the text has reached.
///
/// Nothing is built while a text is read, as RE2 builds its states: a text never seen before costs
/// what any other does. Immutable.
class PatternAutomaton {
 public:
  static constexpr std::size_t kMostPositions = 1024;

  /// Nothing for a pattern that may match the empty string, or that is too long.
  [[nodiscard]] static std::optional<PatternAutomaton> build(const PatternNode& pattern);

  /// The end of the longest match that begins at `text[begin]`, of those that do not end inside a
  /// word when `ends_word`. Each position that is tried takes one of `tries`; when none is left,
  /// nothing is known.
  [[nodiscard]] std::optional<std::size_t> longest_match(std::string_view text,
                                                         std::size_t begin,
                                                         bool ends_word,
                                                         std::size_t& tries) const;

 private:
  friend class AutomatonBuilder;
  class Run;

  enum class End : std::uint8_t { no, at_text_end, anywhere };

  struct Position {
    CharacterSet::Range characters;
    std::uint32_t set = 0;   ///< 1 + its number in sets_, where one range does not suffice
    std::uint32_t next = 0;  ///< in next_: the positions that may follow
    std::uint16_t next_count = 0;
    End end = End::no;  ///< where a match may end with it
  };
  struct First {
    std::uint16_t position = 0;
    bool at_text_begin = false;  ///< only there
  };

  [[nodiscard]] bool takes(const Position& position, char32_t character) const {
    if (position.set != 0) return sets_[position.set - 1].contains(character);
    return position.characters.first <= character && character <= position.characters.last;
  }

  std::vector<Position> positions_;
  std::vector<First> first_;
  std::vector<std::uint16_t> next_;
  std::vector<CharacterSet> sets_;
};

}  // namespace qanat::classifier
