#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/post.h"
#include "classifier/classifier.h"
#include "classifier/evaluation.h"

/// Labelled posts with what the rules found in them: what rules are audited and weights are learned
/// from.
namespace qanat::classifier {

struct ExaminedPost {
  LabelledPost labelled;
  Examined found;
  /// What a person's label and spans say of each block: `ad` for a block that is promotion,
  /// `signature` and `boilerplate` as marked, `keep` else. A block belongs to what most of its
  /// characters are marked as; those of a post labelled `ad` that are not marked are `ad`.
  std::vector<BlockOutcome> truth;
};

[[nodiscard]] ExaminedPost examine_labelled(const Classifier& judge,
                                            const Post& post,
                                            LabelledPost labelled);

/// Is a part of the block marked as an ad, but not most of it? What speaks there speaks neither of
/// a promotion nor of its absence.
[[nodiscard]] bool is_partly_ad(const ExaminedPost& post, std::size_t block);

/// The weights in force, in the order of the rules; milli-logits.
[[nodiscard]] std::vector<std::int32_t> weights_of(std::span<const RuleInfo> rules);

/// The same evidence at other weights. Learned words and what a channel overrides keep theirs; a
/// rule whose weight is 0 here is gone, overridden or not. Else as rules compiled with these
/// weights would find it, but for one thing: no weight that is 0 becomes another.
[[nodiscard]] PostEvidence reweighed(const PostEvidence& evidence,
                                     std::span<const RuleInfo> rules,
                                     std::span<const std::int32_t> weights);

/// How good the verdicts are at these weights.
[[nodiscard]] Evaluation evaluate_at(std::span<const ExaminedPost> posts,
                                     const Classifier& judge,
                                     std::span<const std::int32_t> weights);

}  // namespace qanat::classifier
