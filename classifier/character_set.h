#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace qanat::classifier {

/// A set of characters, as ranges.
class CharacterSet {
 public:
  struct Range {
    char32_t first = 0;
    char32_t last = 0;

    bool operator==(const Range&) const = default;
  };

  CharacterSet() = default;
  CharacterSet(char32_t first, char32_t last) : ranges_{{.first = first, .last = last}} {}

  /// Nothing changes when `last` is before `first`.
  void add(char32_t first, char32_t last);
  void add(const CharacterSet& other);

  /// All characters that are not in this one.
  [[nodiscard]] CharacterSet complement() const;

  [[nodiscard]] bool contains(char32_t value) const {
    for (const Range& range : ranges_) {
      if (value <= range.last) return value >= range.first;
    }
    return false;
  }
  /// How many characters it holds.
  [[nodiscard]] std::size_t size() const;
  /// Ascending, with a gap between any two.
  [[nodiscard]] std::span<const Range> ranges() const { return ranges_; }

  bool operator==(const CharacterSet&) const = default;

 private:
  std::vector<Range> ranges_;
};

}  // namespace qanat::classifier
