#include "classifier/significance.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace qanat::classifier {
namespace {

/// lgamma() without its global variable for the sign, which threads would share.
double log_factorial(double n) {
  int sign = 0;
  return ::lgamma_r(n + 1, &sign);
}

}  // namespace

double mcnemar_p(std::size_t wins, std::size_t losses) {
  const auto n = static_cast<double>(wins + losses);
  const std::size_t fewer = std::min(wins, losses);
  double tail = 0.0;
  // Binomial probabilities by their logarithms: 2^-n alone would be 0 from 1,075 on.
  for (std::size_t k = 0; k <= fewer; ++k) {
    const auto i = static_cast<double>(k);
    tail += std::exp(log_factorial(n) - log_factorial(i) - log_factorial(n - i) -
                     n * std::numbers::ln2);
  }
  return std::min(1.0, 2 * tail);
}

}  // namespace qanat::classifier
