#include "classifier/audit/sample_weights.h"

#include <algorithm>
#include <map>

namespace qanat::classifier {
namespace {

/// How many rounds began after each round.
std::map<std::int64_t, std::size_t> rounds_after(std::span<const Sampling> labels) {
  std::map<std::int64_t, Instant> began;
  for (const Sampling& label : labels) {
    if (!label.p_sample || !label.round) continue;
    const auto [round, added] = began.try_emplace(*label.round, label.labelled_at);
    round->second = std::min(round->second, label.labelled_at);
  }
  std::map<std::int64_t, std::size_t> after;
  for (const auto& [round, start] : began) {
    after[round] = static_cast<std::size_t>(
        std::ranges::count_if(began, [&](const auto& other) { return other.second > start; }));
  }
  return after;
}

}  // namespace

std::vector<double> sample_weights(std::span<const Sampling> labels) {
  const auto after = rounds_after(labels);
  const auto rounds = static_cast<double>(after.size());
  std::vector<double> weights;
  weights.reserve(labels.size());
  for (const Sampling& label : labels) {
    const bool known = label.p_sample && label.round;
    weights.push_back(
        known ? (1 / *label.p_sample + static_cast<double>(after.at(*label.round))) / rounds : 0.0);
  }
  return weights;
}

}  // namespace qanat::classifier
