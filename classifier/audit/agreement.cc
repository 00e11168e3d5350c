#include "classifier/audit/agreement.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <vector>

namespace qanat::classifier {
namespace {

/// The second reader's answer in the place of a verdict: what is counted is the same.
Verdict as_verdict(const LabelledPost& post) {
  Verdict verdict;
  verdict.label = post.label;
  for (const LabelledSpan& part : post.spans) {
    verdict.removed.push_back({.span = part.span, .kind = part.kind, .rules = {}});
  }
  return verdict;
}

Figures hold_against(std::span<const LabelledPost> first,
                     std::span<const LabelledPost> second,
                     bool only_mixed) {
  std::vector<LabelledPost> posts;
  std::vector<Verdict> answers;
  for (std::size_t i = 0; i < first.size(); ++i) {
    const bool mixed = first[i].label == Label::mixed && second[i].label == Label::mixed;
    if (only_mixed && !mixed) continue;
    posts.push_back(first[i]);
    answers.push_back(as_verdict(second[i]));
  }
  return evaluate(posts, answers, Ambiguous::included).all;
}

double chance_agreement(const Agreement& of) {
  const auto n = static_cast<double>(of.posts);
  double expected = 0.0;
  for (std::size_t label = 0; label < kLabels.size(); ++label) {
    double first = 0.0;
    double second = 0.0;
    for (std::size_t other = 0; other < kLabels.size(); ++other) {
      first += static_cast<double>(of.confusion.at(label).at(other));
      second += static_cast<double>(of.confusion.at(other).at(label));
    }
    expected += first / n * second / n;
  }
  return expected;
}

void conclude(Agreement& of) {
  if (of.posts == 0) return;
  of.expected = chance_agreement(of);
  const double room = 1 - of.expected;
  if (room <= 0) {
    of.kappa = of.kappa_low = of.kappa_high = 1.0;
    return;
  }
  const auto n = static_cast<double>(of.posts);
  of.kappa = (of.same.value - of.expected) / room;
  const double half = kNormal95 * std::sqrt(of.same.value * (1 - of.same.value) / n) / room;
  of.kappa_low = std::max(-1.0, of.kappa - half);
  of.kappa_high = std::min(1.0, of.kappa + half);
}

}  // namespace

Agreement agreement(std::span<const LabelledPost> first, std::span<const LabelledPost> second) {
  assert(first.size() == second.size());
  const Figures all = hold_against(first, second, false);
  const Figures mixed = hold_against(first, second, true);
  Agreement result{.posts = all.posts, .confusion = all.confusion, .same = all.agreed};
  conclude(result);
  result.mixed_posts = mixed.posts;
  result.span_f1 = mixed.spans.front().f1;  // kRemovedKinds begins with ad
  return result;
}

}  // namespace qanat::classifier
