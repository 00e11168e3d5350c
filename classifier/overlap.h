#pragma once

#include <span>

#include "classifier/rule_set.h"

namespace qanat::classifier {

/// The share that an advertising rule keeps of its weight where a weightier one has told the same
/// words already: one part in so many.
inline constexpr std::int32_t kOverlapDivisor = 3;

/// One place in the text is one piece of evidence, however many rules know it. Of the advertising
/// rules whose places in a block overlap by at least half of the shorter, the weightiest counts in
/// full, the others a third, with a note that names it. Composites are not touched: they speak of
/// what stands together, not of words.
void count_overlaps_once(PostMatches& matches, std::span<const RuleInfo> rules);

}  // namespace qanat::classifier
