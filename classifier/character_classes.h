#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "classifier/character_set.h"
#include "classifier/characters.h"

namespace qanat::classifier {

/// Characters that are in the same ones of some sets, told apart by nothing, are one class.
/// Immutable.
class CharacterClasses {
 public:
  static constexpr std::size_t kMostClasses = 256;

  CharacterClasses() = default;
  /// Has no classes where there would be more than kMostClasses.
  explicit CharacterClasses(std::span<const CharacterSet> sets);

  [[nodiscard]] std::size_t size() const { return examples_.size(); }
  /// The number of the character's class.
  [[nodiscard]] std::size_t of(char32_t character) const {
    const std::uint8_t usual = number_of(character);
    return usual != 0 ? std::size_t{usual_[usual]} : search(character);
  }
  /// The same of a character by its number, which is not 0.
  [[nodiscard]] std::size_t of_number(std::uint8_t number) const { return usual_[number]; }
  /// A character of the class.
  [[nodiscard]] char32_t example(std::size_t number) const { return examples_[number]; }

 private:
  /// Characters of one class, up to where the next run begins.
  struct Run {
    char32_t first = 0;
    std::uint8_t number = 0;
  };

  [[nodiscard]] std::size_t search(char32_t character) const;

  std::vector<Run> runs_;
  std::vector<char32_t> examples_;
  std::array<std::uint8_t, kNumbers> usual_{};  ///< by the numbers of characters
};

}  // namespace qanat::classifier
