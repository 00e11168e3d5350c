#include "classifier/audit/sample_weights.h"

#include "classifier/audit/weighted_evaluation.h"
#include "support/catch.h"

namespace {

using namespace qanat;
using namespace qanat::classifier;

Instant day(int number) { return Instant{} + std::chrono::days(number); }

LabelledPost only_label(Label label) {
  LabelledPost post;
  post.label = label;
  return post;
}

Verdict only_verdict(Label label) {
  Verdict verdict;
  verdict.label = label;
  verdict.outcome = label == Label::ad ? Outcome::ad_only : Outcome::clean;
  return verdict;
}

}  // namespace

TEST_CASE("a label speaks for as many posts as had its chance", "[weights]") {
  const std::vector<Sampling> labels{{.p_sample = 0.1, .round = 1, .labelled_at = day(1)},
                                     {.p_sample = 1.0, .round = 1, .labelled_at = day(1)},
                                     {.p_sample = {}, .round = {}, .labelled_at = day(1)}};

  CHECK(sample_weights(labels) == std::vector{10.0, 1.0, 0.0});
}

TEST_CASE("two rounds speak for the same posts, not for twice as many", "[weights]") {
  // 100 posts. Round 5 asks one for certain and 9 of 99; round 4, a day later, 10 of the other 90.
  std::vector<Sampling> labels{{.p_sample = 1.0, .round = 5, .labelled_at = day(1)}};
  for (int i = 0; i < 9; ++i) {
    labels.push_back({.p_sample = 9.0 / 99, .round = 5, .labelled_at = day(1)});
  }
  for (int i = 0; i < 10; ++i) {
    labels.push_back({.p_sample = 10.0 / 90, .round = 4, .labelled_at = day(2)});
  }

  const std::vector<double> weights = sample_weights(labels);

  double sum = 0.0;
  for (const double weight : weights) sum += weight;
  CHECK(sum == Approx(100));
  CHECK(weights.front() == Approx(1));
}

TEST_CASE("weighted figures are those of the posts that the sample stands for", "[weights]") {
  // One ad in ten was missed, but missed ads were asked ten times as rarely.
  const std::vector posts{only_label(Label::ad), only_label(Label::ad), only_label(Label::qa)};
  const std::vector verdicts{
      only_verdict(Label::ad), only_verdict(Label::other), only_verdict(Label::ad)};
  const std::vector weights{1.0, 10.0, 1.0};

  const WeightedFigures figures = estimate(posts, verdicts, weights);

  CHECK(figures.posts == 3);
  CHECK(figures.population == Approx(12));
  CHECK(figures.classes[1].recall.value == Approx(1.0 / 11));
  CHECK(figures.classes[1].precision.value == Approx(0.5));
  CHECK(figures.qa_lost.value == Approx(1));
  CHECK(figures.agreed.value == Approx(1.0 / 12));
}

TEST_CASE("uneven weights make an interval wider than even ones", "[weights]") {
  const std::vector<LabelledPost> posts(100, only_label(Label::ad));
  const std::vector<Verdict> verdicts(100, only_verdict(Label::ad));
  const std::vector<double> even(100, 1.0);
  std::vector<double> uneven = even;
  uneven.front() = 1000.0;

  const Estimate wide = estimate(posts, verdicts, uneven).agreed;
  const Estimate narrow = estimate(posts, verdicts, even).agreed;

  CHECK(narrow.observations == Approx(100));
  CHECK(narrow.low == Approx(wilson(100, 100).low));
  CHECK(wide.observations < 2);
  CHECK(wide.low < narrow.low);
}

TEST_CASE("labels of unknown chance are left out of an estimate", "[weights]") {
  const std::vector posts{only_label(Label::ad), only_label(Label::qa)};
  const std::vector verdicts{only_verdict(Label::ad), only_verdict(Label::ad)};

  const WeightedFigures figures = estimate(posts, verdicts, std::vector{2.0, 0.0});
  const WeightedFigures none = estimate(posts, verdicts, std::vector{0.0, 0.0});

  CHECK(figures.posts == 1);
  CHECK(figures.agreed.value == Approx(1));
  CHECK(none.posts == 0);
  CHECK(none.agreed.observations == 0);
}
