#include "classifier/audit/agreement.h"

#include "support/catch.h"

namespace {

using namespace qanat;
using namespace qanat::classifier;

LabelledPost labelled(Label label, std::vector<LabelledSpan> spans = {}) {
  LabelledPost post;
  post.text = "абвгдежзик";
  post.label = label;
  post.spans = std::move(spans);
  return post;
}

std::vector<LabelledPost> of(Label label, std::size_t count) {
  return std::vector<LabelledPost>(count, labelled(label));
}

std::vector<LabelledPost> operator+(std::vector<LabelledPost> a,
                                    const std::vector<LabelledPost>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

}  // namespace

TEST_CASE("kappa is what agreement is worth beyond chance", "[agreement]") {
  // The textbook table: 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: kappa 0.4.
  const auto first = of(Label::ad, 25) + of(Label::qa, 25);
  const auto second = of(Label::ad, 20) + of(Label::qa, 5) + of(Label::ad, 10) + of(Label::qa, 15);

  const Agreement result = agreement(first, second);

  CHECK(result.posts == 50);
  CHECK(result.same.value == Approx(0.7));
  CHECK(result.expected == Approx(0.5));
  CHECK(result.kappa == Approx(0.4));
  CHECK(result.kappa_low == Approx(0.4 - 0.254).margin(0.001));
  CHECK(result.kappa_high == Approx(0.4 + 0.254).margin(0.001));
  CHECK(result.confusion[1][0] == 5);
}

TEST_CASE("full agreement is 1, agreement as chance has it 0, nothing to compare 0",
          "[agreement]") {
  const auto both = of(Label::ad, 2) + of(Label::qa, 2);
  const auto crossed = of(Label::ad, 1) + of(Label::qa, 1) + of(Label::ad, 1) + of(Label::qa, 1);

  CHECK(agreement(both, both).kappa == Approx(1));
  CHECK(agreement(both, crossed).kappa == Approx(0).margin(1e-9));
  CHECK(agreement(of(Label::qa, 3), of(Label::qa, 3)).kappa == Approx(1));
  CHECK(agreement({}, {}).posts == 0);
}

TEST_CASE("spans agree by common characters, on posts that both call mixed", "[agreement]") {
  const LabelledSpan four{.span = {.begin = 0, .end = 8}};
  const LabelledSpan two{.span = {.begin = 4, .end = 8}};
  const std::vector first{labelled(Label::mixed, {four}), labelled(Label::mixed, {four})};
  const std::vector second{labelled(Label::mixed, {two}), labelled(Label::ad)};

  const Agreement result = agreement(first, second);

  CHECK(result.mixed_posts == 1);
  CHECK(result.span_f1 == Approx(2.0 * 2 / (4 + 2)));
}
