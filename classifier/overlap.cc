#include "classifier/overlap.h"

#include <algorithm>
#include <ranges>
#include <vector>

namespace qanat::classifier {
namespace {

bool share_words(Span a, Span b) {
  if (!a.overlaps(b)) return false;
  const std::size_t shared = std::min(a.end, b.end) - std::max(a.begin, b.begin);
  return shared * 2 >= std::min(a.size(), b.size());
}

void count_once(std::vector<RuleMatch>& matches, std::span<const RuleInfo> rules) {
  std::vector<RuleMatch*> promotions;
  std::vector<PlacedWords> placed;
  for (RuleMatch& match : matches) {
    const bool active = rules[match.rule].status == RuleStatus::active;
    if (!active || !is_placed_promotion(match, rules)) continue;
    promotions.push_back(&match);
    placed.push_back({.rule = match.rule, .weight = match.weight, .span = *match.span});
  }
  const std::vector<std::size_t> teller = tellers(placed);
  for (std::size_t i = 0; i < placed.size(); ++i) {
    if (teller[i] == i) continue;
    promotions[i]->alone = placed[i].weight;
    promotions[i]->weight /= kOverlapDivisor;
    promotions[i]->note = "the words of " + rules[placed[teller[i]].rule].id + ": a third";
  }
}

}  // namespace

bool is_placed_promotion(const RuleMatch& match, std::span<const RuleInfo> rules) {
  const RuleInfo& rule = rules[match.rule];
  return match.scope == Scope::text && match.span && !match.vetoed && match.weight > 0 &&
         rule.label == RuleLabel::ad && !rule.composite;
}

std::vector<std::size_t> tellers(std::span<const PlacedWords> placed) {
  std::vector<std::size_t> order(placed.size());
  std::ranges::copy(std::views::iota(std::size_t{0}, placed.size()), order.begin());
  std::ranges::stable_sort(
      order, std::ranges::greater(), [placed](std::size_t i) { return placed[i].weight; });
  std::vector<std::size_t> teller(placed.size());
  std::vector<std::size_t> counted;
  for (const std::size_t i : order) {
    const auto first = std::ranges::find_if(counted, [&](std::size_t other) {
      return placed[other].rule != placed[i].rule &&
             share_words(placed[other].span, placed[i].span);
    });
    teller[i] = first == counted.end() ? i : *first;
    if (teller[i] == i) counted.push_back(i);
  }
  return teller;
}

void count_overlaps_once(PostMatches& matches, std::span<const RuleInfo> rules) {
  for (std::vector<RuleMatch>& block : matches.blocks) count_once(block, rules);
}

}  // namespace qanat::classifier
