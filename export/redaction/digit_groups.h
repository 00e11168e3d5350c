#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace qanat::exporting {

/// Groups of digits that stand together, parted by blanks, hyphens, dots or brackets.
struct DigitGroups {
  std::vector<Span> groups;
};

/// All digits of a text, in order; each run is as long as it can be.
[[nodiscard]] std::vector<DigitGroups> digit_groups(std::string_view text);

/// Some neighbouring groups, taken for one number.
struct GroupedNumber {
  Span span;                       ///< with the plus and the bracket before it
  std::string digits;              ///< without what parts them
  std::vector<std::size_t> shape;  ///< digits of each group
  std::string gaps;  ///< one character for each: ' ' blanks, '-' a hyphen, '.' a dot, '(' a bracket
  bool plus = false;
};

/// Groups [first, last) of `run`.
[[nodiscard]] GroupedNumber grouped_number(std::string_view text,
                                           const DigitGroups& run,
                                           std::size_t first,
                                           std::size_t last);

/// Nothing is glued to groups [first, last): they are not the middle of a word, a fraction, a
/// version or a longer number.
[[nodiscard]] bool stands_alone(std::string_view text,
                                const DigitGroups& run,
                                std::size_t first,
                                std::size_t last);

}  // namespace qanat::exporting
