#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "base/verdict.h"
#include "classifier/evaluation.h"

namespace qanat::classifier {

/// A share of a population, estimated from a weighted sample. `low` and `high`: the Wilson interval
/// of 95 % for as many equal observations as the weights are worth (Kish).
struct Estimate {
  double value = 0.0;
  double low = 0.0;
  double high = 1.0;
  double observations = 0.0;  ///< 0: nothing to estimate from
};

struct ClassEstimate {
  Label label = Label::other;
  Estimate precision;
  Estimate recall;
  double f1 = 0.0;
};

/// What the figures would be over all posts that the sample was drawn from.
struct WeightedFigures {
  std::size_t posts = 0;    ///< labels with a weight
  double population = 0.0;  ///< posts that they speak for
  Estimate agreed;
  Estimate qa_lost;                                   ///< of the qa posts, those judged ad_only
  std::array<ClassEstimate, kLabels.size()> classes;  ///< in the order of kLabels
};

/// Holds `verdicts[i]` against `posts[i]`, which speaks for `weights[i]` posts; those of weight 0
/// are left out. All have the same length: anything else is a bug of the caller.
[[nodiscard]] WeightedFigures estimate(std::span<const LabelledPost> posts,
                                       std::span<const Verdict> verdicts,
                                       std::span<const double> weights);

}  // namespace qanat::classifier
