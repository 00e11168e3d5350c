#pragma once

#include <cstddef>
#include <span>

#include "classifier/evaluation.h"

namespace qanat::classifier {

/// How far two people agree on the same posts.
struct Agreement {
  std::size_t posts = 0;
  Confusion confusion{};  ///< [first][second]
  Proportion same;        ///< posts with the same label
  double expected = 0.0;  ///< share that would agree by chance, each keeping to their own habits
  /// Cohen's: 1 full agreement, 0 as good as chance. 1, too, when both give one label only.
  double kappa = 0.0;
  double kappa_low = 0.0;  ///< 95 %, by the large-sample standard error
  double kappa_high = 0.0;
  std::size_t mixed_posts = 0;  ///< that both call mixed: there the ad spans are compared
  double span_f1 = 0.0;         ///< 2 × common characters / both ones' characters
};

/// `first[i]` and `second[i]` are labels of one post. Both have the same length: anything else is a
/// bug of the caller.
[[nodiscard]] Agreement agreement(std::span<const LabelledPost> first,
                                  std::span<const LabelledPost> second);

}  // namespace qanat::classifier
