#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "classifier/learning/training_rows.h"

namespace qanat::classifier {

/// What is known of a weight before the fit; logits.
struct Parameter {
  double prior = 0.0;  ///< what the penalty pulls towards
  double low = 0.0;
  double high = 0.0;
  bool locked = false;  ///< stays at the prior
};

/// On the distance of a weight from its prior: l1 × |d| + l2 × d².
struct Penalty {
  double l1 = 0.0;
  double l2 = 0.0;
};

/// Logistic regression whose weights stay within bounds. Deterministic; no randomness inside.
class Logistic {
 public:
  /// `rows` outlive the object.
  Logistic(std::span<const TrainingRow> rows, std::span<const Parameter> parameters);

  /// The weights that make the mean log-loss plus the penalty least, by projected coordinate
  /// descent. `shares[i]` says how often row i counts.
  [[nodiscard]] std::vector<double> fit(std::span<const double> shares, Penalty penalty) const;

  /// The least l1 under which every weight stays at its prior.
  [[nodiscard]] double strongest_pull(std::span<const double> shares) const;

 private:
  struct Entry {
    std::size_t row = 0;
    double count = 0.0;
  };

  [[nodiscard]] std::vector<double> priors() const;
  [[nodiscard]] std::vector<double> bends(std::span<const double> shares) const;
  [[nodiscard]] std::vector<double> margins(std::span<const double> weights) const;
  [[nodiscard]] double slope(std::size_t parameter,
                             std::span<const double> margins,
                             std::span<const double> shares) const;

  std::span<const TrainingRow> rows_;
  std::vector<Parameter> parameters_;
  std::vector<std::vector<Entry>> columns_;  ///< by parameter
};

/// Mean log-loss of the rows that count, at these weights. 0 without rows.
[[nodiscard]] double log_loss(std::span<const TrainingRow> rows,
                              std::span<const double> shares,
                              std::span<const double> weights);

}  // namespace qanat::classifier
