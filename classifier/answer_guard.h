#pragma once

#include <span>
#include <vector>

#include "base/post.h"
#include "classifier/rule_set.h"
#include "classifier/segment.h"

/// Keeps questions and answers from being taken for a footer.
namespace qanat::classifier {

/// Vetoes what rules take for a footer or the page's words where it is code or what a spoiler
/// hides, and what only rules of kFormKind take for one where the post's own words follow, or where
/// it is the only text below a question. What the channel's own address or its profile tells to be
/// a footer stays one. Costs nothing where no such rule hit.
void spare_answers(const Post& post,
                   const std::vector<Block>& blocks,
                   std::span<const RuleInfo> rules,
                   PostMatches& matches);

}  // namespace qanat::classifier
