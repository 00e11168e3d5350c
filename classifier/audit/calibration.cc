#include "classifier/audit/calibration.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace qanat::classifier {
namespace {

ReliabilityBin bin_of(std::span<const Forecast> forecasts) {
  double sum = 0.0;
  std::size_t happened = 0;
  for (const Forecast& forecast : forecasts) {
    sum += forecast.probability;
    happened += forecast.happened ? 1 : 0;
  }
  return {.low = forecasts.front().probability,
          .high = forecasts.back().probability,
          .mean = sum / static_cast<double>(forecasts.size()),
          .happened = wilson(happened, forecasts.size())};
}

std::vector<ReliabilityBin> equal_bins(std::span<const Forecast> sorted, std::size_t count) {
  std::vector<ReliabilityBin> bins;
  std::size_t begin = 0;
  for (std::size_t bin = 1; bin <= count; ++bin) {
    std::size_t end = std::max(begin, sorted.size() * bin / count);
    while (end > begin && end < sorted.size() &&
           sorted[end].probability == sorted[end - 1].probability) {
      ++end;
    }
    if (end > begin) bins.push_back(bin_of(sorted.subspan(begin, end - begin)));
    begin = end;
  }
  return bins;
}

}  // namespace

Calibration calibration_of(std::vector<Forecast> forecasts, std::size_t bins) {
  Calibration result{.forecasts = forecasts.size()};
  if (forecasts.empty()) return result;
  std::ranges::sort(forecasts, {}, &Forecast::probability);
  const auto n = static_cast<double>(forecasts.size());
  for (const Forecast& forecast : forecasts) {
    const double error = forecast.probability - (forecast.happened ? 1.0 : 0.0);
    result.brier += error * error / n;
  }
  result.bins = equal_bins(forecasts, bins);
  for (const ReliabilityBin& bin : result.bins) {
    result.ece +=
        std::abs(bin.mean - bin.happened.value) * static_cast<double>(bin.happened.total) / n;
  }
  return result;
}

std::vector<Forecast> ad_forecasts(std::span<const LabelledPost> posts,
                                   std::span<const Verdict> verdicts) {
  assert(posts.size() == verdicts.size());
  std::vector<Forecast> forecasts;
  forecasts.reserve(posts.size());
  for (std::size_t i = 0; i < posts.size(); ++i) {
    forecasts.push_back(
        {.probability = verdicts[i].ad_probability, .happened = holds_promotion(posts[i].label)});
  }
  return forecasts;
}

}  // namespace qanat::classifier
