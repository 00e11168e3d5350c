#include "classifier/learning/training_rows.h"

#include <cstdlib>
#include <map>
#include <optional>
#include <utility>

#include "classifier/overlap.h"
#include "classifier/score.h"

namespace qanat::classifier {
namespace {

double logits(std::int32_t milli) { return static_cast<double>(milli) / 1000; }

/// Adds up the hits of one row.
class RowBuilder {
 public:
  RowBuilder(std::span<const RuleInfo> rules, std::int32_t bias)
      : rules_(rules), offset_(logits(bias)) {}

  void add(const Counted& hit) {
    const std::int32_t whole = rules_[hit.rule].weight;
    if (hit.weight == whole) {
      counts_[hit.rule] += 1;
    } else if (hit.weight == whole / kOverlapDivisor) {
      counts_[hit.rule] += 1.0 / kOverlapDivisor;
    } else {
      offset_ += logits(hit.weight);  // a channel's override
    }
  }

  [[nodiscard]] std::optional<TrainingRow> row(std::size_t post, bool promotion) const {
    if (counts_.empty()) return std::nullopt;
    TrainingRow row{.post = post, .terms = {}, .offset = offset_, .promotion = promotion};
    for (const auto& [rule, count] : counts_) row.terms.push_back({.rule = rule, .count = count});
    return row;
  }

 private:
  std::span<const RuleInfo> rules_;
  double offset_;
  std::map<std::size_t, double> counts_;
};

std::optional<TrainingRow> block_row(const ExaminedPost& post,
                                     std::size_t block,
                                     std::size_t index,
                                     std::span<const RuleInfo> rules) {
  const BlockEvidence& evidence = post.found.evidence.blocks[block];
  RowBuilder builder(rules, bias_of(evidence));
  for (const auto* hits : {&evidence.ad, &evidence.qa}) {
    for (const Counted& hit : *hits) builder.add(hit);
  }
  return builder.row(index, post.truth[block] == BlockOutcome::ad);
}

/// Each rule once, by its strongest hit, as the post's score counts it.
std::optional<TrainingRow> post_row(const ExaminedPost& post,
                                    std::size_t index,
                                    std::span<const RuleInfo> rules) {
  std::map<std::size_t, Counted> strongest;
  const auto collect = [&strongest](const BlockEvidence& evidence) {
    for (const auto* hits : {&evidence.ad, &evidence.qa}) {
      for (const Counted& hit : *hits) {
        const auto [at, added] = strongest.try_emplace(hit.rule, hit);
        if (std::abs(hit.weight) > std::abs(at->second.weight)) at->second = hit;
      }
    }
  };
  for (std::size_t b = 0; b < post.truth.size(); ++b) {
    if (!is_chrome(post.truth[b])) collect(post.found.evidence.blocks[b]);
  }
  collect(post.found.evidence.whole);
  RowBuilder builder(rules, -kThresholds.post_bias);
  for (const auto& [rule, hit] : strongest) builder.add(hit);
  return builder.row(index, post.labelled.label == Label::ad);
}

}  // namespace

std::vector<TrainingRow> training_rows(std::span<const ExaminedPost> posts,
                                       std::span<const RuleInfo> rules) {
  std::vector<TrainingRow> rows;
  const auto add = [&rows](std::optional<TrainingRow> row) {
    if (row) rows.push_back(*std::move(row));
  };
  for (std::size_t i = 0; i < posts.size(); ++i) {
    const ExaminedPost& post = posts[i];
    for (std::size_t b = 0; b < post.truth.size(); ++b) {
      if (post.labelled.label != Label::ad && !is_chrome(post.truth[b])) {
        add(block_row(post, b, i, rules));
      }
    }
    if (post.labelled.label != Label::mixed) add(post_row(post, i, rules));
  }
  return rows;
}

}  // namespace qanat::classifier
