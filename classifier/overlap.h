#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "classifier/rule_set.h"

namespace qanat::classifier {

/// The share that an advertising rule keeps of its weight where a weightier one has told the same
/// words already: one part in so many.
inline constexpr std::int32_t kOverlapDivisor = 3;

/// Whether a match is of the kind that counts once with others of the same words.
[[nodiscard]] bool is_placed_promotion(const RuleMatch& match, std::span<const RuleInfo> rules);

/// Words of a block that a rule knows.
struct PlacedWords {
  std::size_t rule = 0;
  std::int32_t weight = 0;
  Span span;
};

/// For each the index of the one that tells its words: itself, or the weightiest other rule's whose
/// place overlaps by at least half of the shorter.
[[nodiscard]] std::vector<std::size_t> tellers(std::span<const PlacedWords> placed);

/// One place in the text is one piece of evidence, however many rules know it. Of the advertising
/// rules whose places in a block overlap by at least half of the shorter, the weightiest counts in
/// full, the others a third, with a note that names it. Composites are not touched: they speak of
/// what stands together, not of words.
void count_overlaps_once(PostMatches& matches, std::span<const RuleInfo> rules);

}  // namespace qanat::classifier
