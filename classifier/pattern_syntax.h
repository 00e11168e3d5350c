#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

#include "classifier/character_set.h"

/// A regular expression as a tree.
namespace qanat::classifier {

struct PatternNode {
  enum class Kind : std::uint8_t {
    characters,   ///< one of them
    text_begin,   ///< '^': no character, but only where the text begins
    text_end,     ///< '$'
    sequence,     ///< its parts, one behind the other
    alternative,  ///< one of its parts
    repetition,   ///< its only part, from `least` to `most` times
  };
  static constexpr std::size_t kWithoutEnd = std::numeric_limits<std::size_t>::max();

  Kind kind = Kind::sequence;
  CharacterSet characters;
  std::vector<PatternNode> parts;
  std::size_t least = 0;
  std::size_t most = 0;
};

/// Reads what RE2 reads, and means what RE2 means, when it needs no flags: nothing for the rest
/// ("(?i)", "\b", "\pL", …) and for what RE2 rejects, too. Recursion is as deep as the brackets: at
/// most kDeepest.
[[nodiscard]] std::optional<PatternNode> parse_pattern(std::string_view pattern);
inline constexpr std::size_t kDeepest = 40;

}  // namespace qanat::classifier
