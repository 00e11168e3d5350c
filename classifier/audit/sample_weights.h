#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/instant.h"

namespace qanat::classifier {

/// How a labelled post came to be asked.
struct Sampling {
  std::optional<double> p_sample;     ///< chance to be in its round's queue; nothing: not by chance
  std::optional<std::int64_t> round;  ///< the queue's seed
  Instant labelled_at;
};

/// For how many posts each label speaks, 1 / p_sample; 0 where that is not known. A later round
/// draws from the posts that earlier ones left, so each round is completed by the labels before it
/// (each for itself), and the weights are the mean over the rounds.
[[nodiscard]] std::vector<double> sample_weights(std::span<const Sampling> labels);

}  // namespace qanat::classifier
