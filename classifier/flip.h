#pragma once

#include <span>

#include "base/verdict.h"
#include "classifier/rule_set.h"
#include "classifier/score.h"

namespace qanat::classifier {

/// Fills BlockVerdict::flip: the smallest set of rules without which the block would be decided
/// otherwise; for a kept block at most two, for a removed one the heaviest until it stays.
/// Composites keep what they found, and words told twice stay told: only the weights of the set are
/// left out. Posts without ad or footer evidence have nothing to flip and cost nothing.
void find_flips(Verdict& verdict,
                const PostEvidence& evidence,
                std::span<const RuleInfo> rules,
                const Decision& decision);

}  // namespace qanat::classifier
