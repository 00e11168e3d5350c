#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/verdict.h"
#include "classifier/evaluation.h"

/// Whether probabilities mean what they say: of the posts called 80 % ad, are 80 % ads?
namespace qanat::classifier {

/// A probability, and what came of it.
struct Forecast {
  double probability = 0.0;
  bool happened = false;
};

/// Forecasts of neighbouring probabilities.
struct ReliabilityBin {
  double low = 0.0;   ///< smallest probability of the bin
  double high = 0.0;  ///< largest
  double mean = 0.0;
  Proportion happened;
};

struct Calibration {
  std::size_t forecasts = 0;
  double brier = 0.0;                ///< mean squared error: 0 perfect, 0.25 for a constant 50 %
  double ece = 0.0;                  ///< mean distance of said and seen share, by bin
  std::vector<ReliabilityBin> bins;  ///< ascending, of about equally many forecasts each
};

/// At most `bins` bins; fewer when the probabilities repeat, because equal ones stay together.
[[nodiscard]] Calibration calibration_of(std::vector<Forecast> forecasts, std::size_t bins = 10);

/// Of each post, its ad probability, and whether people call it `ad` or `mixed`.
[[nodiscard]] std::vector<Forecast> ad_forecasts(std::span<const LabelledPost> posts,
                                                 std::span<const Verdict> verdicts);

}  // namespace qanat::classifier
