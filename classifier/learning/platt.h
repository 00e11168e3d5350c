#pragma once

#include <span>

namespace qanat::classifier {

/// A score, in logits, and what came of it.
struct Scored {
  double score = 0.0;
  bool happened = false;
};

/// probability = 1 / (1 + e^-(slope × score + shift)).
struct Platt {
  double slope = 1.0;
  double shift = 0.0;

  [[nodiscard]] double probability(double score) const;
};

/// The slope and shift under which the scores' probabilities fit best (Platt, with his smoothed
/// targets, so that separated scores do not drive the slope to infinity). The identity when there
/// are no scores of one of the two kinds.
[[nodiscard]] Platt fit_platt(std::span<const Scored> scores);

}  // namespace qanat::classifier
