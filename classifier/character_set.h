#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace qanat::classifier {

/// A set of characters, as ranges. Most sets are a single letter and allocate nothing: patterns are
/// full of them.
class CharacterSet {
 public:
  struct Range {
    char32_t first = 0;
    char32_t last = 0;

    bool operator==(const Range&) const = default;
  };

  CharacterSet() = default;
  CharacterSet(char32_t first, char32_t last)
      : only_{.first = first, .last = last}, single_(true) {}

  /// Nothing changes when `last` is before `first`.
  void add(char32_t first, char32_t last);
  void add(const CharacterSet& other);

  /// All characters that are not in this one.
  [[nodiscard]] CharacterSet complement() const;

  [[nodiscard]] bool contains(char32_t value) const {
    for (const Range& range : ranges()) {
      if (value <= range.last) return value >= range.first;
    }
    return false;
  }
  /// How many characters it holds.
  [[nodiscard]] std::size_t size() const;
  /// Ascending, with a gap between any two.
  [[nodiscard]] std::span<const Range> ranges() const {
    return single_ ? std::span(&only_, 1) : std::span(several_);
  }

  friend bool operator==(const CharacterSet& a, const CharacterSet& b) {
    return std::ranges::equal(a.ranges(), b.ranges());
  }

 private:
  Range only_;
  std::vector<Range> several_;  ///< or none
  bool single_ = false;         ///< only_ is the set
};

}  // namespace qanat::classifier
