#pragma once

#include <string>
#include <vector>

#include "classifier/audit/calibration.h"
#include "classifier/evaluation.h"
#include "classifier/learning/platt.h"
#include "classifier/learning/weight_learning.h"

namespace qanat::classifier {

/// A fold judged by the present weights, and by weights that were learned without it.
struct FoldFigures {
  std::vector<std::string> channels;
  Figures before;
  Figures after;
};

struct CrossValidation {
  std::vector<FoldFigures> folds;
  Figures before;  ///< all posts at the present weights
  Figures after;   ///< all posts, each at the weights that were learned without its fold
  /// Ad probability against people's `ad` or `mixed`, each post at weights learned without its
  /// fold: as the score says it …
  Calibration plain;
  Calibration platt_calibration;  ///< … and after Platt, fitted on the scores of the other folds
  Platt platt;                    ///< fitted on the scores of all folds
};

/// Learns once for each fold, without it. The strength `l1` was chosen over the same folds, which
/// makes the figures a shade too good.
[[nodiscard]] CrossValidation cross_validate(std::span<const ExaminedPost> posts,
                                             const Classifier& judge,
                                             const WeightLearner& learner,
                                             double l1);

}  // namespace qanat::classifier
