#include "classifier/learning/training_rows.h"

#include <optional>
#include <utility>

#include "classifier/score.h"
#include "classifier/sums.h"

namespace qanat::classifier {
namespace {

double quotient(std::int32_t part, std::int32_t whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

double logits(std::int32_t milli) { return quotient(milli, 1000); }

/// Of a unit or a post: what its rules add up to, and what `besides` learning cannot move.
std::optional<TrainingRow> training_row(const DistinctRules& rules_of,
                                        std::int32_t besides,
                                        std::span<const RuleInfo> rules) {
  TrainingRow row{.offset = logits(besides)};
  for (const RuleSum& each : rules_of.sums()) {
    if (each.by_itself == rules[each.rule].weight) {
      row.terms.push_back({.rule = each.rule, .count = quotient(each.weight, each.by_itself)});
    } else {
      row.offset += logits(each.weight);  // a channel's override
    }
  }
  if (row.terms.empty()) return std::nullopt;
  return row;
}

std::optional<TrainingRow> block_row(const BlockEvidence& block, std::span<const RuleInfo> rules) {
  DistinctRules rules_of(rules, {});
  std::int32_t words = 0;
  for (const auto* hits : {&block.ad, &block.qa}) {
    rules_of.add(*hits);
    words += sum_of_words(*hits, rules, {});
  }
  return training_row(rules_of, bias_of(block) + words, rules);
}

std::optional<TrainingRow> post_row(const ExaminedPost& post, std::span<const RuleInfo> rules) {
  DistinctRules rules_of(rules, {});
  const auto add = [&rules_of](const BlockEvidence& unit) {
    rules_of.add(unit.ad);
    rules_of.add(unit.qa);
  };
  const PostEvidence& evidence = post.found.evidence;
  for (std::size_t b = 0; b < post.truth.size(); ++b) {
    if (!is_chrome(post.truth[b])) add(evidence.blocks[b]);
  }
  add(evidence.whole);
  const std::int32_t words = words_beside(rules_of.total(), evidence.whole, rules, {});
  return training_row(rules_of, words - kThresholds.post_bias, rules);
}

}  // namespace

std::vector<TrainingRow> training_rows(std::span<const ExaminedPost> posts,
                                       std::span<const RuleInfo> rules) {
  std::vector<TrainingRow> rows;
  for (std::size_t i = 0; i < posts.size(); ++i) {
    const ExaminedPost& post = posts[i];
    const auto add = [&rows, i](std::optional<TrainingRow> row, bool promotion) {
      if (!row) return;
      row->post = i;
      row->promotion = promotion;
      rows.push_back(*std::move(row));
    };
    const Label label = post.labelled.label;
    for (std::size_t b = 0; b < post.truth.size(); ++b) {
      if (label == Label::ad || is_chrome(post.truth[b]) || is_partly_ad(post, b)) continue;
      add(block_row(post.found.evidence.blocks[b], rules), post.truth[b] == BlockOutcome::ad);
    }
    if (label != Label::mixed) add(post_row(post, rules), label == Label::ad);
  }
  return rows;
}

}  // namespace qanat::classifier
