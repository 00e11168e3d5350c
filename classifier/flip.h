#pragma once

#include <span>

#include "base/verdict.h"
#include "classifier/rule_set.h"
#include "classifier/score.h"

namespace qanat::classifier {

/// Fills BlockVerdict::flip: the one or two rules without which the block would be decided
/// otherwise, as with their weights at 0: composites keep what they found, and words that other
/// rules know count in full for the weightiest of those. A removed block that no one or two of the
/// post's heaviest rules decide says so. Posts without ad or footer evidence have nothing to flip
/// and cost nothing.
void find_flips(Verdict& verdict,
                const PostEvidence& evidence,
                std::span<const RuleInfo> rules,
                const Decision& decision);

}  // namespace qanat::classifier
