#include "classifier/audit/examined_post.h"

#include <algorithm>
#include <array>
#include <utility>

#include "classifier/reweighing.h"

namespace qanat::classifier {
namespace {

std::size_t common(Span a, Span b) {
  const std::size_t begin = std::max(a.begin, b.begin);
  const std::size_t end = std::min(a.end, b.end);
  return begin < end ? end - begin : 0;
}

BlockOutcome truth_of(const Block& block, const LabelledPost& post) {
  constexpr std::array kKinds = {
      std::pair{RemovedKind::boilerplate, BlockOutcome::boilerplate},
      std::pair{RemovedKind::signature, BlockOutcome::signature},
      std::pair{RemovedKind::ad, BlockOutcome::ad},
  };
  for (const auto& [kind, outcome] : kKinds) {
    std::size_t marked = 0;
    for (const LabelledSpan& span : post.spans) {
      if (span.kind == kind) marked += common(span.span, block.text);
    }
    if (2 * marked > block.text.size()) return outcome;
  }
  return post.label == Label::ad ? BlockOutcome::ad : BlockOutcome::keep;
}

}  // namespace

ExaminedPost examine_labelled(const Classifier& judge, const Post& post, LabelledPost labelled) {
  ExaminedPost examined{.labelled = std::move(labelled), .found = judge.examine(post), .truth = {}};
  for (const Block& block : examined.found.blocks) {
    examined.truth.push_back(truth_of(block, examined.labelled));
  }
  return examined;
}

bool is_partly_ad(const ExaminedPost& post, std::size_t block) {
  if (post.truth[block] == BlockOutcome::ad) return false;
  return std::ranges::any_of(post.labelled.spans, [&](const LabelledSpan& span) {
    return span.kind == RemovedKind::ad && common(span.span, post.found.blocks[block].text) > 0;
  });
}

std::vector<std::int32_t> weights_of(std::span<const RuleInfo> rules) {
  std::vector<std::int32_t> weights;
  weights.reserve(rules.size());
  for (const RuleInfo& rule : rules) weights.push_back(rule.weight);
  return weights;
}

PostEvidence reweighed(const PostEvidence& evidence,
                       std::span<const RuleInfo> rules,
                       std::span<const std::int32_t> weights) {
  return reweighed(evidence, rules, [&](std::size_t rule, std::int32_t alone) {
    const std::int32_t before = rules[rule].weight;
    if (before == 0) return alone;  // a vocabulary's: each block has its own
    const bool overridden = alone != before;
    return overridden && weights[rule] != 0 ? alone : weights[rule];
  });
}

Evaluation evaluate_at(std::span<const ExaminedPost> posts,
                       const Classifier& judge,
                       std::span<const std::int32_t> weights) {
  std::vector<LabelledPost> labels;
  std::vector<Verdict> verdicts;
  for (const ExaminedPost& post : posts) {
    const PostEvidence evidence = reweighed(post.found.evidence, judge.rules().rules(), weights);
    labels.push_back(post.labelled);
    verdicts.push_back(judge.judge(post.found, evidence));
  }
  return evaluate(labels, verdicts, Ambiguous::included);
}

}  // namespace qanat::classifier
