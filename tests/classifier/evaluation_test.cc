#include "classifier/evaluation.h"

#include "support/catch.h"

namespace {

using namespace qanat;
using namespace qanat::classifier;

LabelledPost labelled(std::string id, Label label, std::string text = "текст") {
  LabelledPost post;
  post.id = std::move(id);
  post.channel = "kanal";
  post.lang = "ru";
  post.text = std::move(text);
  post.label = label;
  return post;
}

Verdict judged(Label label, Outcome outcome = Outcome::clean) {
  Verdict verdict;
  verdict.label = label;
  verdict.outcome = outcome;
  return verdict;
}

}  // namespace

TEST_CASE("precision and recall count posts of a label", "[evaluation]") {
  const std::vector posts{
      labelled("a", Label::ad), labelled("b", Label::ad), labelled("c", Label::qa)};
  const std::vector verdicts{judged(Label::ad), judged(Label::other), judged(Label::ad)};

  const Evaluation result = evaluate(posts, verdicts);

  const ClassScore& ad = result.all.classes[1];
  CHECK(ad.label == Label::ad);
  CHECK(ad.precision.value == Approx(0.5));
  CHECK(ad.recall.value == Approx(0.5));
  CHECK(ad.f1 == Approx(0.5));
  CHECK(result.all.confusion[0][1] == 1);
  CHECK(result.disagreements.size() == 2);
}

TEST_CASE("a Wilson interval is wide for few and never leaves zero and one", "[evaluation]") {
  CHECK(wilson(0, 0).low == 0.0);
  CHECK(wilson(0, 0).high == 1.0);
  CHECK(wilson(10, 10).high == Approx(1.0));
  CHECK(wilson(10, 10).low == Approx(0.7225).margin(0.001));
  CHECK(wilson(50, 100).low == Approx(0.4038).margin(0.001));
}

TEST_CASE("a Q&A post that goes as a whole is lost, one that is stripped is not", "[evaluation]") {
  const std::vector posts{labelled("a", Label::qa), labelled("b", Label::qa)};
  const std::vector verdicts{judged(Label::ad, Outcome::ad_only),
                             judged(Label::mixed, Outcome::stripped)};

  CHECK(evaluate(posts, verdicts).all.qa_lost == std::vector<std::string>{"a"});
}

TEST_CASE("spans are compared by character, not by byte", "[evaluation]") {
  std::vector posts{labelled("a", Label::mixed, "абвг")};
  posts[0].spans.push_back({.span = {4, 8}, .kind = RemovedKind::ad});
  std::vector verdicts{judged(Label::mixed, Outcome::stripped)};
  verdicts[0].removed.push_back({.span = {2, 8}, .kind = RemovedKind::ad, .rules = {}});

  const SpanScore ad = evaluate(posts, verdicts).all.spans[0];

  CHECK(ad.labelled == 2);
  CHECK(ad.removed == 3);
  CHECK(ad.agreed == 2);
  CHECK(ad.precision == Approx(2.0 / 3));
  CHECK(ad.recall == Approx(1.0));
}

TEST_CASE("in an ad post no promotional span is drawn, so none is counted", "[evaluation]") {
  const std::vector posts{labelled("a", Label::ad)};
  std::vector verdicts{judged(Label::ad, Outcome::ad_only)};
  verdicts[0].removed.push_back({.span = {0, 10}, .kind = RemovedKind::ad, .rules = {}});

  CHECK(evaluate(posts, verdicts).all.spans[0].removed == 0);
}

TEST_CASE("ambiguous posts are told apart from the headline figures unless asked in",
          "[evaluation]") {
  std::vector posts{labelled("a", Label::ad), labelled("b", Label::ad)};
  posts[1].ambiguous = true;
  const std::vector verdicts{judged(Label::ad), judged(Label::other)};

  const Evaluation apart = evaluate(posts, verdicts);
  const Evaluation together = evaluate(posts, verdicts, Ambiguous::included);

  CHECK(apart.all.posts == 1);
  CHECK(apart.ambiguous.posts == 1);
  CHECK(together.all.posts == 2);
  CHECK(together.ambiguous.posts == 0);
}

TEST_CASE("channels and languages have figures of their own", "[evaluation]") {
  std::vector posts{labelled("a", Label::ad), labelled("b", Label::qa)};
  posts[1].channel = "drugoi";
  posts[1].lang = "en";
  const std::vector verdicts{judged(Label::ad), judged(Label::qa)};

  const Evaluation result = evaluate(posts, verdicts);

  REQUIRE(result.channels.size() == 2);
  CHECK(result.channels[0].name == "drugoi");
  CHECK(result.languages[1].name == "ru");
  CHECK(result.languages[1].classes[1].f1 == Approx(1.0));
}
