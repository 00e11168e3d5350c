#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/verdict.h"

namespace qanat::app {

/// What a person typed about a post.
struct Answer {
  enum class Kind { label, cannot_tell, skip, undo, guideline, stop };

  Kind kind = Kind::label;
  Label label = Label::other;
  std::vector<std::size_t> ad_blocks;  ///< from 1, ascending; of `mixed` only
  std::vector<std::string> ad_words;   ///< as typed between quotes; of `mixed` only
  std::string note;

  bool operator==(const Answer&) const = default;
};

/// "q", "a", "o", "?", "s", "u", "h", "x", or "m" with the numbers of its ad blocks, or the words
/// of an ad that is less than a block: `m 2 4-5 "Join … @chat"`. A note after '#' goes with a
/// label: "a # a native notice". Errors: usage: what can be typed instead.
Result<Answer> parse_answer(std::string_view line, std::size_t blocks);

}  // namespace qanat::app
