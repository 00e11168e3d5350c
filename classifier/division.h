#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "classifier/rule_set.h"
#include "classifier/score.h"

/// A post that holds two texts: an offer, and above or below it something that teaches. Their words
/// tell where one ends; rules tell whether it is an offer. docs/classifier.md §4.
namespace qanat::classifier {

/// One of the texts between which a post may be divided, in the order of the post.
struct Passage {
  std::size_t block = 0;  ///< index into PostEvidence::blocks
  std::size_t chars = 0;  ///< code points
};

/// The place where the words above and below differ most, if one side sounds like a lesson and not
/// like an offer. `around` has what words say around the beginning of each of `texts`. Pure.
[[nodiscard]] std::optional<Division> find_division(std::span<const Passage> texts,
                                                    std::span<const WordsAround> around);

/// The offer's score as a post of its own; nothing where the post has no division, or where rules
/// do not see a clear offer in it. Pure; linear in hits.
[[nodiscard]] std::optional<std::int32_t> score_of_offer(const PostEvidence& post,
                                                         std::span<const RuleInfo> rules,
                                                         Without without);

}  // namespace qanat::classifier
