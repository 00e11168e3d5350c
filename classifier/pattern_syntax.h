#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// A regular expression as a tree: as much of it as pattern_keys.h asks for.
namespace qanat::classifier {

struct PatternNode {
  enum class Kind : std::uint8_t {
    characters,   ///< one of few
    some,         ///< one of many, or of those that nobody listed
    edge,         ///< '^' or '$': no character at all
    sequence,     ///< its parts, one behind the other
    alternative,  ///< one of its parts
    repetition,   ///< its only part, from `least` to `most` times
  };
  static constexpr std::size_t kWithoutEnd = std::numeric_limits<std::size_t>::max();

  Kind kind = Kind::sequence;
  std::vector<std::string> characters;
  std::vector<PatternNode> parts;
  std::size_t least = 0;
  std::size_t most = 0;
};

/// A class of more characters than these is `some`.
inline constexpr std::size_t kFewCharacters = 12;

/// Reads what RE2 reads, when it needs no flags: nothing for the rest ("(?i)", "\b", "\pL", …) and
/// for what RE2 rejects, too. Recursion is as deep as the brackets: at most kDeepest.
[[nodiscard]] std::optional<PatternNode> parse_pattern(std::string_view pattern);
inline constexpr std::size_t kDeepest = 40;

}  // namespace qanat::classifier
