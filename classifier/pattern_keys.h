#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "classifier/character_set.h"
#include "classifier/pattern_syntax.h"

/// Which plain strings a text must hold for a pattern to match in it. Pure.
namespace qanat::classifier {

/// What a part of a match may be.
struct MatchPart {
  CharacterSet characters;
  std::size_t most = 0;  ///< characters; PatternNode::kWithoutEnd: there is no limit
};

struct PatternKeys {
  enum class Place : std::uint8_t {
    near,       ///< each match holds one of the strings, with `before` in front of it
    somewhere,  ///< the same, but one of them is a mere letter: too often met for a place
    unknown,    ///< nothing is known: there are no strings
  };
  Place place = Place::unknown;
  std::vector<std::string> strings;  ///< distinct, none empty
  bool complete = false;             ///< they are all that the pattern matches, each of them
  MatchPart before;                  ///< what a match may hold before the string
};

/// The longer a string, the seldomer it is met in vain; but all of a pattern's count.
inline constexpr std::size_t kMostKeys = 64;
inline constexpr std::size_t kLongestKey = 32;  ///< bytes

/// No part of a word, and no sign that texts are full of.
[[nodiscard]] bool is_rare_sign(char32_t character);

/// `begins_word`: a match counts only at the start of a word.
[[nodiscard]] PatternKeys keys_of(const PatternNode& pattern, bool begins_word);

}  // namespace qanat::classifier
