#include "classifier/significance.h"

#include <algorithm>
#include <cmath>

namespace qanat::classifier {

double mcnemar_p(std::size_t wins, std::size_t losses) {
  const auto n = static_cast<double>(wins + losses);
  const std::size_t fewer = std::min(wins, losses);
  double tail = 0.0;
  // Binomial probabilities by their logarithms: 2^-n alone would be 0 from 1,075 on.
  for (std::size_t k = 0; k <= fewer; ++k) {
    const auto i = static_cast<double>(k);
    tail += std::exp(std::lgamma(n + 1) - std::lgamma(i + 1) - std::lgamma(n - i + 1) -
                     n * std::log(2.0));
  }
  return std::min(1.0, 2 * tail);
}

}  // namespace qanat::classifier
