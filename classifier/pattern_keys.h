#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Which plain strings a text must hold for a pattern to match in it. Pure.
namespace qanat::classifier {

struct PatternKeys {
  enum class Place : std::uint8_t {
    start,    ///< each match begins with one of the strings: of two characters, or begins a word
    inside,   ///< each match holds one of them
    unknown,  ///< nothing is known: there are no strings
  };
  Place place = Place::unknown;
  std::vector<std::string> strings;  ///< distinct, none empty
  bool complete = false;             ///< they are all that the pattern matches, each of them
};

/// The longer a string, the seldomer it is met in vain; but all of a pattern's count.
inline constexpr std::size_t kMostKeys = 128;
inline constexpr std::size_t kLongestKey = 32;  ///< bytes

/// `begins_word`: a match counts only at the start of a word.
[[nodiscard]] PatternKeys keys_of(std::string_view pattern, bool begins_word);

}  // namespace qanat::classifier
