#include "classifier/reweighing.h"

#include <algorithm>
#include <vector>

#include "classifier/overlap.h"
#include "classifier/sums.h"
#include "classifier/vocabulary_evidence.h"

namespace qanat::classifier {
namespace {

void weigh_alone(std::vector<Counted>& hits, const Weigh& weigh) {
  for (Counted& hit : hits) {
    hit.alone = weigh(hit.rule, hit.by_itself());
    hit.weight = hit.alone;
  }
  std::erase_if(hits, [](const Counted& hit) { return hit.alone == 0; });
}

void share_out(std::vector<Counted>& hits) {
  std::vector<Counted*> promotions;
  std::vector<PlacedWords> placed;
  for (Counted& hit : hits) {
    if (!hit.words || hit.alone <= 0) continue;
    promotions.push_back(&hit);
    placed.push_back({.rule = hit.rule, .weight = hit.alone, .span = *hit.words});
  }
  const std::vector<std::size_t> teller = tellers(placed);
  for (std::size_t i = 0; i < placed.size(); ++i) {
    if (teller[i] != i) promotions[i]->weight /= kOverlapDivisor;
  }
}

void weigh_words(std::vector<Counted>& hits, std::span<const RuleInfo> rules) {
  std::int32_t by_rules = 0;
  for (const Counted& hit : hits) by_rules += is_vocabulary(rules[hit.rule]) ? 0 : hit.alone;
  for (Counted& hit : hits) {
    if (is_vocabulary(rules[hit.rule])) hit.weight = weight_of_words(hit.alone, by_rules);
  }
  std::erase_if(hits, [](const Counted& hit) { return hit.weight == 0; });
}

/// Whether other hits of the block weigh otherwise without these rules.
bool depends_on(const BlockEvidence& block, std::span<const RuleInfo> rules, Without without) {
  std::int32_t by_rules = 0;
  std::int32_t by_others = 0;
  bool words = false;
  bool told = false;
  bool placed = false;
  for (const Counted& hit : block.ad) {
    const bool left_out = is_left_out(hit.rule, without);
    if (is_vocabulary(rules[hit.rule])) {
      words = words || !left_out;
      continue;
    }
    by_rules += hit.by_itself();
    by_others += left_out ? 0 : hit.by_itself();
    placed = placed || (left_out && hit.words);
    told = told || (!left_out && hit.alone != 0);
  }
  const bool words_lose =
      words && by_rules >= kThresholds.touching && by_others < kThresholds.touching;
  return words_lose || (placed && told);
}

}  // namespace

PostEvidence reweighed(const PostEvidence& evidence,
                       std::span<const RuleInfo> rules,
                       const Weigh& weigh) {
  PostEvidence out = evidence;
  const auto unit = [&](BlockEvidence& block) {
    for (auto* hits : {&block.ad, &block.qa, &block.signature, &block.boilerplate}) {
      weigh_alone(*hits, weigh);
    }
  };
  for (BlockEvidence& block : out.blocks) {
    unit(block);
    share_out(block.ad);
    for (auto* hits : {&block.ad, &block.qa}) weigh_words(*hits, rules);
  }
  unit(out.whole);
  return out;
}

std::optional<PostEvidence> recounted(const PostEvidence& evidence,
                                      std::span<const RuleInfo> rules,
                                      Without without) {
  const bool needed = std::ranges::any_of(evidence.blocks, [&](const BlockEvidence& block) {
    return depends_on(block, rules, without);
  });
  if (!needed) return std::nullopt;
  return reweighed(evidence, rules, [without](std::size_t rule, std::int32_t alone) {
    return is_left_out(rule, without) ? 0 : alone;
  });
}

}  // namespace qanat::classifier
