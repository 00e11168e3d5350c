#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "classifier/audit/examined_post.h"

namespace qanat::classifier {

/// Two texts that share this much of their three-word sequences (Jaccard) are one template.
inline constexpr double kNearDuplicate = 0.5;

/// Posts that must not stand on both sides of a split have the same number: those of one channel,
/// near-duplicates of each other, and what these join. Numbers begin at 0, in the posts' order. A
/// post without a channel is joined by its text alone.
[[nodiscard]] std::vector<std::size_t> leakage_groups(std::span<const ExaminedPost> posts);

/// Spreads groups over at most `folds` folds of about equally many posts, the largest group first;
/// gives the fold of each post. Fewer folds when there are fewer groups.
[[nodiscard]] std::vector<std::size_t> spread_over_folds(std::span<const std::size_t> groups,
                                                         std::size_t folds);

}  // namespace qanat::classifier
