#include "classifier/verdict_diff.h"

#include "classifier/significance.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::classifier;

namespace {

/// A verdict on a post of one block, by these rules.
Verdict verdict(Label label, Outcome outcome, double p, std::vector<std::string> rules = {}) {
  Verdict made;
  made.label = label;
  made.outcome = outcome;
  made.ad_probability = p;
  made.blocks.resize(1);
  for (std::string& rule : rules) made.blocks.front().because.push_back({.rule = std::move(rule)});
  return made;
}

const Verdict kKept = verdict(Label::qa, Outcome::clean, 0.1, {"qa.question", "ctx.bias"});
const Verdict kGone = verdict(Label::ad, Outcome::ad_only, 0.9, {"offer.price", "ctx.span"});

}  // namespace

TEST_CASE("a diff counts every way from label to label and outcome to outcome", "[diff]") {
  VerdictDiffer differ(10);

  differ.add("a", "", kKept, kKept);
  differ.add("b", "", kKept, kGone);
  differ.add("c", "", kGone, kKept);
  differ.add("d", "", kKept, kGone);

  const VerdictDiff diff = differ.result();
  CHECK(diff.posts == 4);
  CHECK(diff.changed == 3);
  CHECK(diff.labels[0][0] == 1);    // qa → qa
  CHECK(diff.labels[0][1] == 2);    // qa → ad
  CHECK(diff.labels[1][0] == 1);    // ad → qa
  CHECK(diff.outcomes[0][2] == 2);  // clean → ad_only
  CHECK(diff.outcomes[2][0] == 1);
  CHECK_FALSE(diff.labelled);
}

TEST_CASE("a diff names the rules that begin and cease to speak, the busiest first", "[diff]") {
  VerdictDiffer differ(10);

  differ.add("a", "", kKept, kGone);
  differ.add("b", "", kKept, verdict(Label::qa, Outcome::clean, 0.2));

  CHECK(differ.result().rules ==
        std::vector<RuleChange>{{.rule = "qa.question", .appears = 0, .vanishes = 2},
                                {.rule = "offer.price", .appears = 1, .vanishes = 0}});
}

TEST_CASE("a rule that matches the whole post and adds nothing does not speak", "[diff]") {
  Verdict silent = kKept;
  for (const HitEffect effect : {HitEffect::watches, HitEffect::held_back, HitEffect::unmet}) {
    silent.post_hits.push_back({.rule = "post.silent", .effect = effect});
  }
  Verdict speaks = kKept;
  speaks.post_hits.push_back({.rule = "post.speaks"});
  VerdictDiffer differ(10);

  differ.add("a", "", silent, speaks);

  CHECK(differ.result().rules ==
        std::vector<RuleChange>{{.rule = "post.speaks", .appears = 1, .vanishes = 0}});
}

TEST_CASE("the flips that are kept are those whose probability moves most", "[diff]") {
  VerdictDiffer differ(2);

  differ.add("small", "", kKept, verdict(Label::other, Outcome::clean, 0.15));
  differ.add("large", "", kKept, kGone);
  differ.add("medium", "", kGone, verdict(Label::ad, Outcome::review, 0.5));
  differ.add("same", "", kKept, kKept);

  const std::vector<Flip> flips = differ.result().flips;
  REQUIRE(flips.size() == 2);
  CHECK(flips[0].id == "large");
  CHECK(flips[0].appears == std::vector<std::string>{"offer.price"});
  CHECK(flips[0].vanishes == std::vector<std::string>{"qa.question"});
  CHECK(flips[1].id == "medium");
  CHECK(flips[1].outcome_after == Outcome::review);
  CHECK(differ.result().changed == 3);
}

TEST_CASE("a flip shows the block that is decided otherwise", "[diff]") {
  const std::string text = "Ответ.\n\nКупи слона";
  const std::size_t second = text.find("Купи");
  const auto of_blocks = [&](Outcome outcome, BlockOutcome last) {
    Verdict made = verdict(Label::mixed, outcome, 0.5);
    made.blocks = {{.span = {.begin = 0, .end = second}},
                   {.span = {.begin = second, .end = text.size()}, .outcome = last}};
    return made;
  };
  VerdictDiffer differ(10);

  differ.add("a",
             text,
             of_blocks(Outcome::clean, BlockOutcome::keep),
             of_blocks(Outcome::stripped, BlockOutcome::ad));
  differ.add("b", std::string(300, 'x'), kKept, kGone);

  const std::vector<Flip> flips = differ.result().flips;
  CHECK(flips[1].excerpt == "Купи слона");
  CHECK(flips[0].excerpt == std::string(200, 'x'));
}

TEST_CASE("a cut that moves within a post that stays mixed is a change with its text", "[diff]") {
  const std::string text = "One.\n\nTwo.\n\nThree.";
  const auto cutting = [&](const std::vector<Span>& spans) {
    Verdict made = verdict(Label::mixed, Outcome::stripped, 0.9);
    for (const Span span : spans) made.removed.push_back({.span = span, .rules = {}});
    return made;
  };
  constexpr Span kOne{.begin = 0, .end = 6};
  constexpr Span kTwo{.begin = 6, .end = 12};
  constexpr Span kTwoAndThree{.begin = 6, .end = 18};
  VerdictDiffer differ(10);

  differ.add("same", text, cutting({kOne, kTwo}), cutting({kOne, kTwo}));
  differ.add("moves", text, cutting({kOne}), cutting({kTwo}));
  differ.add("wider", text, cutting({kOne, kTwo}), cutting({kOne, kTwoAndThree}));
  Verdict footer = cutting({kOne});
  footer.removed[0].kind = RemovedKind::signature;
  differ.add("now a footer", text, cutting({kOne}), footer);

  const VerdictDiff diff = differ.result();
  CHECK(diff.changed == 3);
  CHECK(diff.recut == 3);
  CHECK(diff.labels[2][2] == 4);
  REQUIRE(diff.flips.size() == 3);
  CHECK(diff.flips[0].id == "moves");
  CHECK(diff.flips[0].cut == "Two.\n\n");
  CHECK(diff.flips[0].kept == "One.\n\n");
  CHECK(diff.flips[1].id == "now a footer");
  CHECK(diff.flips[1].cut.empty());
  CHECK(diff.flips[2].id == "wider");
  CHECK(diff.flips[2].cut == "Three.");
  CHECK(diff.flips[2].kept.empty());
}

TEST_CASE("held against labels, a diff counts wins and losses", "[diff]") {
  VerdictDiffer differ(10);

  for (int i = 0; i < 5; ++i) differ.add("win", "", kKept, kGone, Label::ad);
  differ.add("loss", "", kKept, kGone, Label::qa);
  differ.add("wrong both times", "", kKept, kGone, Label::mixed);
  differ.add("unlabelled", "", kKept, kGone);

  const std::optional<LabelledChange> labelled = differ.result().labelled;
  REQUIRE(labelled);
  CHECK(labelled->posts == 7);
  CHECK(labelled->wins == 5);
  CHECK(labelled->losses == 1);
  // 2 × (C(6,0) + C(6,1)) / 2^6 = 14 / 64
  CHECK(labelled->p == Approx(0.21875));
}

TEST_CASE("McNemar's exact p is that of the binomial", "[diff]") {
  CHECK(mcnemar_p(0, 0) == 1.0);
  CHECK(mcnemar_p(3, 3) == 1.0);
  CHECK(mcnemar_p(10, 0) == Approx(2.0 / 1024));
  CHECK(mcnemar_p(1, 9) == Approx(2.0 * 11 / 1024));
  CHECK(mcnemar_p(2000, 0) == Approx(0.0).margin(1e-300));
}
