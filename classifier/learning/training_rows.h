#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "classifier/audit/examined_post.h"

/// From labelled posts to weights of rules (docs/classifier.md).
namespace qanat::classifier {

struct Term {
  std::size_t rule = 0;  ///< index into RuleSet::rules()
  double count = 0.0;    ///< how often its weight counts; a third where another told its words
};

/// One question with a known answer: is this promotion? `offset` + Σ count × weight, in logits, is
/// what the block or post scores by itself (docs/classifier.md §3 and §4).
struct TrainingRow {
  std::size_t post = 0;  ///< index into the corpus
  std::vector<Term> terms;
  double offset = 0.0;  ///< the bias, words, and what a channel weighs otherwise
  bool promotion = false;
};

/// The rows of a corpus, in its order:
/// * each block of a post that is no ad as a whole, against the bias of its kind; it is promotion
///   when people marked it so. Signature and boilerplate are none of our questions; a block with an
///   ad that is less than half of it answers neither way.
/// * each post that is not `mixed`, every rule once, against the bias of posts. (Which blocks of an
///   ad carry the promotion nobody marked; of a `mixed` post the blocks tell.)
/// Rows in which no rule speaks are left out: weights do not change them.
[[nodiscard]] std::vector<TrainingRow> training_rows(std::span<const ExaminedPost> posts,
                                                     std::span<const RuleInfo> rules);

}  // namespace qanat::classifier
