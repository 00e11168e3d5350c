#include "classifier/learning/platt.h"

#include <algorithm>
#include <cmath>

namespace qanat::classifier {
namespace {

constexpr int kMostSteps = 100;

/// Gradient and curvature of the summed log-loss in slope and shift.
struct Derivatives {
  double slope = 0.0;
  double shift = 0.0;
  double slope_slope = 0.0;
  double slope_shift = 0.0;
  double shift_shift = 0.0;
};

class Fit {
 public:
  explicit Fit(std::span<const Scored> scores) : scores_(scores) {
    happened_ = static_cast<double>(std::ranges::count_if(scores, &Scored::happened));
    others_ = static_cast<double>(scores.size()) - happened_;
  }

  [[nodiscard]] bool is_possible() const { return happened_ > 0 && others_ > 0; }

  [[nodiscard]] Platt run() const {
    Platt at{.slope = 1.0, .shift = 0.0};
    for (int i = 0; i < kMostSteps; ++i) {
      const Platt step = newton_step(at);
      if (std::abs(step.slope) + std::abs(step.shift) < 1e-9) break;
      at = descended(at, step);
    }
    return at;
  }

 private:
  [[nodiscard]] double target(const Scored& one) const {
    return one.happened ? (happened_ + 1) / (happened_ + 2) : 1 / (others_ + 2);
  }

  [[nodiscard]] double loss(const Platt& at) const {
    double loss = 0.0;
    for (const Scored& one : scores_) {
      const double z = (at.slope * one.score) + at.shift;
      loss += std::max(z, 0.0) + std::log1p(std::exp(-std::abs(z))) - (target(one) * z);
    }
    return loss;
  }

  [[nodiscard]] Platt newton_step(const Platt& at) const {
    constexpr double kRidge = 1e-9;  // scores that are all equal have no curve of their own
    Derivatives d{.slope_slope = kRidge, .shift_shift = kRidge};
    for (const Scored& one : scores_) {
      const double p = at.probability(one.score);
      const double miss = p - target(one);
      const double bend = p * (1 - p);
      d.slope += miss * one.score;
      d.shift += miss;
      d.slope_slope += bend * one.score * one.score;
      d.slope_shift += bend * one.score;
      d.shift_shift += bend;
    }
    const double determinant = (d.slope_slope * d.shift_shift) - (d.slope_shift * d.slope_shift);
    if (determinant <= 0) return {.slope = 0.0, .shift = 0.0};
    return {.slope = ((d.slope_shift * d.shift) - (d.shift_shift * d.slope)) / determinant,
            .shift = ((d.slope_shift * d.slope) - (d.slope_slope * d.shift)) / determinant};
  }

  /// As far along the step as the loss falls.
  [[nodiscard]] Platt descended(const Platt& at, const Platt& step) const {
    const double before = loss(at);
    for (double share = 1.0; share > 1e-6; share /= 2) {
      const Platt next{.slope = at.slope + (share * step.slope),
                       .shift = at.shift + (share * step.shift)};
      if (loss(next) <= before) return next;
    }
    return at;
  }

  std::span<const Scored> scores_;
  double happened_ = 0.0;
  double others_ = 0.0;
};

}  // namespace

double Platt::probability(double score) const {
  return 1 / (1 + std::exp(-((slope * score) + shift)));
}

Platt fit_platt(std::span<const Scored> scores) {
  const Fit fit(scores);
  return fit.is_possible() ? fit.run() : Platt{};
}

}  // namespace qanat::classifier
