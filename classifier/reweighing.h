#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>

#include "classifier/rule_set.h"
#include "classifier/score.h"

/// What the rules found, at other weights: what several rules know is counted anew.
namespace qanat::classifier {

/// What a rule's hit would weigh alone, given what it weighs alone now.
using Weigh = std::function<std::int32_t(std::size_t rule, std::int32_t alone)>;

/// As rules compiled with these weights would find it, composites as they are, but for one thing:
/// no weight that is 0 becomes another. A hit of weight 0 is gone.
[[nodiscard]] PostEvidence reweighed(const PostEvidence& evidence,
                                     std::span<const RuleInfo> rules,
                                     const Weigh& weigh);

/// The same with these rules at 0; nothing when no other hit weighs otherwise for it, so that
/// decide() without them says the same.
[[nodiscard]] std::optional<PostEvidence> recounted(const PostEvidence& evidence,
                                                    std::span<const RuleInfo> rules,
                                                    Without without);

}  // namespace qanat::classifier
