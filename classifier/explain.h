#pragma once

#include <span>
#include <vector>

#include "base/post.h"
#include "base/verdict.h"
#include "classifier/rule_set.h"
#include "classifier/score.h"
#include "classifier/segment.h"

namespace qanat::classifier {

/// Adds a hit to a unit's evidence, by the label that it speaks for.
void add_evidence(BlockEvidence& evidence, const RuleMatch& match, std::span<const RuleInfo> rules);

/// Sorts what matched by the label it speaks for. Shadow, vetoed and weightless matches do not
/// count.
[[nodiscard]] PostEvidence gather(const Post& post,
                                  const std::vector<Block>& blocks,
                                  const PostMatches& matches,
                                  std::span<const RuleInfo> rules);

/// The decision with its reasons. In each block the weights of `because` and `against` add up to
/// `score` exactly.
[[nodiscard]] Verdict explain(const std::vector<Block>& blocks,
                              const PostMatches& matches,
                              std::span<const RuleInfo> rules,
                              const PostEvidence& evidence,
                              const Decision& decision);

}  // namespace qanat::classifier
