#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "classifier/rule_set.h"
#include "classifier/segment.h"

/// A promotion in the last sentences of a paragraph that explains something.
namespace qanat::classifier {

/// A paragraph whose last sentences promote, and alone.
struct Plug {
  std::size_t block = 0;
  std::size_t begin = 0;       ///< of the first of these sentences, in the text
  bool behind_answer = false;  ///< what stands before it in the post explains something
  bool behind_text =
      false;  ///< so does what stands before it in its paragraph, or it is long and plain
};

/// Ascending. `matches` are of `blocks`. Pure; linear in the text and in matches.
[[nodiscard]] std::vector<Plug> find_plugs(std::string_view text,
                                           std::span<const Block> blocks,
                                           const PostMatches& matches,
                                           std::span<const RuleInfo> rules);

/// The blocks, with a block of its own for each of `plugs`.
[[nodiscard]] std::vector<Block> part_off(std::span<const Plug> plugs,
                                          std::string_view text,
                                          std::span<const Block> blocks);

}  // namespace qanat::classifier
