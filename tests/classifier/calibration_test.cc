#include "classifier/audit/calibration.h"

#include "support/catch.h"

namespace {

using namespace qanat;
using namespace qanat::classifier;

}  // namespace

TEST_CASE("sure and right forecasts have no error, sure and wrong ones all of it",
          "[calibration]") {
  const Calibration right = calibration_of({{1.0, true}, {0.0, false}});
  const Calibration wrong = calibration_of({{1.0, false}, {0.0, true}});

  CHECK(right.brier == Approx(0));
  CHECK(right.ece == Approx(0));
  CHECK(wrong.brier == Approx(1));
  CHECK(wrong.ece == Approx(1));
}

TEST_CASE("bins hold equally many forecasts, equal probabilities stay together", "[calibration]") {
  std::vector<Forecast> distinct;
  std::vector<Forecast> repeated;
  for (int i = 0; i < 100; ++i) {
    distinct.push_back({.probability = i / 100.0, .happened = i >= 50});
    repeated.push_back({.probability = i < 75 ? 0.1 : 0.9, .happened = i >= 75});
  }

  const Calibration even = calibration_of(distinct);
  const Calibration two = calibration_of(repeated);

  REQUIRE(even.bins.size() == 10);
  for (const ReliabilityBin& bin : even.bins) CHECK(bin.happened.total == 10);
  CHECK(even.bins.front().high < even.bins[1].low);
  REQUIRE(two.bins.size() == 2);
  CHECK(two.bins[0].happened.total == 75);
  CHECK(two.bins[1].happened.hits == 25);
  CHECK(two.ece == Approx(0.1));
}

TEST_CASE("the expected calibration error is the distance of said and seen", "[calibration]") {
  std::vector<Forecast> forecasts;
  for (int i = 0; i < 10; ++i) forecasts.push_back({.probability = 0.8, .happened = i < 6});

  const Calibration result = calibration_of(forecasts);

  CHECK(result.ece == Approx(0.2));
  CHECK(result.brier == Approx(0.6 * 0.04 + 0.4 * 0.64));
  CHECK(calibration_of({}).bins.empty());
}

TEST_CASE("a mixed post counts as advertising: its probability is that of its ad",
          "[calibration]") {
  std::vector<LabelledPost> posts(3);
  posts[0].label = Label::mixed;
  posts[1].label = Label::ad;
  posts[2].label = Label::qa;
  std::vector<Verdict> verdicts(3);
  verdicts[0].ad_probability = 0.7;

  const auto forecasts = ad_forecasts(posts, verdicts);

  CHECK(forecasts[0].happened);
  CHECK(forecasts[0].probability == 0.7);
  CHECK(forecasts[1].happened);
  CHECK_FALSE(forecasts[2].happened);
}
