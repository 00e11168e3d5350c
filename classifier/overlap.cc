#include "classifier/overlap.h"

#include <algorithm>
#include <vector>

namespace qanat::classifier {
namespace {

bool is_placed_promotion(const RuleMatch& match, std::span<const RuleInfo> rules) {
  const RuleInfo& rule = rules[match.rule];
  return match.scope == Scope::text && match.span && !match.vetoed && match.weight > 0 &&
         rule.label == RuleLabel::ad && rule.status == RuleStatus::active && !rule.composite;
}

bool share_words(Span a, Span b) {
  if (!a.overlaps(b)) return false;
  const std::size_t shared = std::min(a.end, b.end) - std::max(a.begin, b.begin);
  return shared * 2 >= std::min(a.size(), b.size());
}

void count_once(std::vector<RuleMatch>& matches, std::span<const RuleInfo> rules) {
  std::vector<RuleMatch*> placed;
  for (RuleMatch& match : matches) {
    if (is_placed_promotion(match, rules)) placed.push_back(&match);
  }
  std::ranges::stable_sort(placed, std::ranges::greater(), &RuleMatch::weight);
  std::vector<const RuleMatch*> counted;
  for (RuleMatch* match : placed) {
    const auto first = std::ranges::find_if(counted, [match](const RuleMatch* other) {
      return other->rule != match->rule && share_words(*other->span, *match->span);
    });
    if (first == counted.end()) {
      counted.push_back(match);
      continue;
    }
    match->weight /= kOverlapDivisor;
    match->note = "the words of " + rules[(*first)->rule].id + ": a third";
  }
}

}  // namespace

void count_overlaps_once(PostMatches& matches, std::span<const RuleInfo> rules) {
  for (std::vector<RuleMatch>& block : matches.blocks) count_once(block, rules);
}

}  // namespace qanat::classifier
