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
    if (character < kHalf) return usual_[character];
    if (within(character, kCyrillic, kCyrillic + kHalf - 1)) {
      return usual_[kHalf + (character - kCyrillic)];
    }
    return search(character);
  }
  /// A character of the class.
  [[nodiscard]] char32_t example(std::size_t number) const { return examples_[number]; }

 private:
  static constexpr char32_t kHalf = 0x80;
  static constexpr char32_t kCyrillic = 0x400;
  /// Characters of one class, up to where the next run begins.
  struct Run {
    char32_t first = 0;
    std::uint8_t number = 0;
  };

  [[nodiscard]] std::size_t search(char32_t character) const;

  std::vector<Run> runs_;
  std::vector<char32_t> examples_;
  std::array<std::uint8_t, std::size_t{2} * kHalf> usual_{};  ///< of ASCII and of Russian letters
};

}  // namespace qanat::classifier
