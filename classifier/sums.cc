#include "classifier/sums.h"

#include <algorithm>
#include <cstdlib>

#include "classifier/rule_kinds.h"

namespace qanat::classifier {
namespace {

/// The sum of a rule among others, ascending by rule; 0 when it is new there. Of few rules this is
/// quicker than a map, and decisions are made over and over (flip.h).
RuleSum& sum_of_rule(std::vector<RuleSum>& sums, std::size_t rule) {
  auto at = std::ranges::lower_bound(sums, rule, {}, &RuleSum::rule);
  if (at == sums.end() || at->rule != rule) at = sums.insert(at, {.rule = rule});
  return *at;
}

}  // namespace

bool is_left_out(std::size_t rule, Without without) {
  return std::ranges::find(without, rule) != without.end();
}

bool is_vocabulary(const RuleInfo& rule) { return rule.kind == kVocabularyKind; }

std::int32_t sum(const std::vector<Counted>& hits, Without without) {
  return sum(hits, without, [](const Counted& hit) { return hit.weight; });
}

std::int32_t sum_of_words(const std::vector<Counted>& hits,
                          std::span<const RuleInfo> rules,
                          Without without) {
  return sum(hits, without, [rules](const Counted& hit) {
    return is_vocabulary(rules[hit.rule]) ? hit.weight : 0;
  });
}

DistinctRules::DistinctRules(std::span<const RuleInfo> rules, Without without)
    : rules_(rules), without_(without) {
  constexpr std::size_t kUsualRules = 32;
  sums_.reserve(kUsualRules);
  unit_.reserve(kUsualRules);
}

void DistinctRules::add(const std::vector<Counted>& hits) {
  unit_.clear();
  for (const Counted& hit : hits) {
    if (is_vocabulary(rules_[hit.rule]) || is_left_out(hit.rule, without_)) continue;
    RuleSum& here = sum_of_rule(unit_, hit.rule);
    here.weight += hit.weight;
    here.by_itself = hit.by_itself();
  }
  for (const RuleSum& here : unit_) {
    RuleSum& loudest = sum_of_rule(sums_, here.rule);
    if (std::abs(here.weight) > std::abs(loudest.weight)) loudest = here;
  }
}

std::int32_t DistinctRules::total() const {
  std::int32_t total = 0;
  for (const RuleSum& each : sums_) total += each.weight;
  return total;
}

std::int32_t words_within(std::int32_t words, std::int32_t by_rules) {
  return std::min(words, std::max(0, by_rules) + kThresholds.words_beyond_rules);
}

std::int32_t words_beside(std::int32_t by_rules,
                          const BlockEvidence& whole,
                          std::span<const RuleInfo> rules,
                          Without without) {
  return words_within(
      sum_of_words(whole.ad, rules, without) + sum_of_words(whole.qa, rules, without), by_rules);
}

}  // namespace qanat::classifier
