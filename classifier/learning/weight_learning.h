#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "classifier/audit/examined_post.h"
#include "classifier/learning/logistic.h"

namespace qanat::classifier {

/// Stands for no fold: nothing is held out.
inline constexpr std::size_t kNoFold = static_cast<std::size_t>(-1);

struct LearningPlan {
  std::size_t folds = 5;
  std::size_t resamples = 100;
  std::uint64_t seed = 1;        ///< the same seed and corpus give the same weights
  double least_selected = 0.6;   ///< share of resamples that must move a weight, or it stays
  std::set<std::string> locked;  ///< ids of rules whose weights stay
};

/// How well a strength of the pull towards the present weights does on held-out folds.
struct PathPoint {
  double l1 = 0.0;
  double loss = 0.0;       ///< mean log-loss of held-out rows, over the folds
  double lag = 0.0;        ///< mean, over the folds, of the loss beyond that of the best strength …
  double lag_error = 0.0;  ///< … and its standard error
};

/// What learning says of one rule.
struct LearnedWeight {
  std::size_t rule = 0;     ///< index into RuleSet::rules()
  std::size_t rows = 0;     ///< that it speaks in
  std::int32_t before = 0;  ///< milli-logits
  std::int32_t after = 0;
  double selected = 0.0;  ///< share of resamples that moved it
  double same_way = 0.0;  ///< of those, the share that moved it the way most did
  std::int32_t low = 0;   ///< 5 % and 95 % quantile over the resamples
  std::int32_t high = 0;
};

/// Weights learned from some posts of a corpus.
struct LearnedWeights {
  std::vector<std::int32_t> weights;  ///< by rule, whole milli-logits, within bounds
  std::vector<LearnedWeight> rules;   ///< active rules that weigh ad or qa, in pack order
};

/// A corpus made ready for learning. The posts and rules outlive it.
class WeightLearner {
 public:
  WeightLearner(std::span<const ExaminedPost> posts,
                std::span<const RuleInfo> rules,
                LearningPlan plan);

  /// Strengths from that which moves nothing down to a thousandth, held out by folds.
  [[nodiscard]] std::vector<PathPoint> path() const;

  /// The strongest pull whose lag is within one standard error of none.
  [[nodiscard]] static double one_standard_error(std::span<const PathPoint> path);

  /// Learns from all posts outside of `held_out` (a fold; kNoFold: from all). Resamples the groups
  /// of posts that must stay together; weights that too few resamples move keep their present
  /// value, the others are fitted once more.
  [[nodiscard]] LearnedWeights learn(double l1, std::size_t held_out) const;

  [[nodiscard]] std::size_t folds() const { return folds_; }
  [[nodiscard]] std::size_t fold_of(std::size_t post) const { return fold_of_[post]; }
  [[nodiscard]] std::size_t groups() const { return group_count_; }
  [[nodiscard]] std::size_t rows() const { return rows_.size(); }

 private:
  [[nodiscard]] std::vector<double> shares_outside(std::size_t held_out) const;
  [[nodiscard]] std::vector<double> shares_of(std::size_t fold) const;
  [[nodiscard]] std::vector<std::vector<double>> resampled_fits(double l1,
                                                                std::size_t held_out) const;
  [[nodiscard]] std::int32_t milli_logits(std::size_t rule, double logits) const;

  std::span<const RuleInfo> rules_;
  LearningPlan plan_;
  std::vector<TrainingRow> rows_;
  std::vector<Parameter> parameters_;  ///< by rule
  std::vector<std::size_t> group_of_;  ///< by post
  std::vector<std::size_t> fold_of_;   ///< by post
  std::size_t group_count_ = 0;
  std::size_t folds_ = 0;
};

}  // namespace qanat::classifier
