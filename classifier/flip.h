#pragma once

#include <span>

#include "base/verdict.h"
#include "classifier/rule_set.h"
#include "classifier/score.h"

namespace qanat::classifier {

/// Fills BlockVerdict::flip: the smallest set of rules, at most two, without which the block would
/// be decided otherwise. Composites keep what they found: only the weights of the set are left out.
/// Posts without ad or footer evidence have nothing to flip and cost nothing.
void find_flips(Verdict& verdict,
                const PostEvidence& evidence,
                std::span<const RuleInfo> rules,
                const Decision& decision);

}  // namespace qanat::classifier
