#include "classifier/audit/weighted_evaluation.h"

#include <cassert>

namespace qanat::classifier {
namespace {

/// A weighted share as it is counted.
class Share {
 public:
  void add(double weight, bool hit) {
    total_ += weight;
    squares_ += weight * weight;
    if (hit) hits_ += weight;
  }

  [[nodiscard]] double total() const { return total_; }

  [[nodiscard]] Estimate estimate() const {
    if (total_ <= 0) return {};
    const double value = hits_ / total_;
    const double observations = total_ * total_ / squares_;
    const Interval interval = wilson_interval(value, observations);
    return {
        .value = value, .low = interval.low, .high = interval.high, .observations = observations};
  }

 private:
  double total_ = 0.0;
  double squares_ = 0.0;
  double hits_ = 0.0;
};

struct ClassShares {
  Share precision;
  Share recall;

  /// A post of that weight, seen from one class.
  void add(double weight, bool labelled, bool judged) {
    if (judged) precision.add(weight, labelled);
    if (labelled) recall.add(weight, judged);
  }
};

}  // namespace

WeightedFigures estimate(std::span<const LabelledPost> posts,
                         std::span<const Verdict> verdicts,
                         std::span<const double> weights) {
  assert(posts.size() == verdicts.size() && posts.size() == weights.size());
  WeightedFigures figures;
  Share agreed;
  Share lost;
  std::array<ClassShares, kLabels.size()> shares;
  for (std::size_t i = 0; i < posts.size(); ++i) {
    if (weights[i] <= 0) continue;
    const Label labelled = posts[i].label;
    const Label judged = verdicts[i].label;
    ++figures.posts;
    agreed.add(weights[i], labelled == judged);
    if (labelled == Label::qa) lost.add(weights[i], verdicts[i].outcome == Outcome::ad_only);
    for (std::size_t label = 0; label < kLabels.size(); ++label) {
      shares.at(label).add(weights[i], labelled == kLabels.at(label), judged == kLabels.at(label));
    }
  }
  figures.population = agreed.total();
  figures.agreed = agreed.estimate();
  figures.qa_lost = lost.estimate();
  for (std::size_t label = 0; label < kLabels.size(); ++label) {
    ClassEstimate& score = figures.classes.at(label);
    score.label = kLabels.at(label);
    score.precision = shares.at(label).precision.estimate();
    score.recall = shares.at(label).recall.estimate();
    score.f1 = f1_score(score.precision.value, score.recall.value);
  }
  return figures;
}

}  // namespace qanat::classifier
