#include "classifier/score.h"

#include <array>

#include "support/catch.h"

namespace {

using namespace qanat;
using namespace qanat::classifier;

enum Rule : std::size_t {
  kOffer,
  kCall,
  kErid,
  kQuestion,
  kAnswer,
  kTeaser,
  kFooter,
  kPage,
  kAside,
  kPlain,
  kStory,
  kAsking,
  kWords
};

std::vector<RuleInfo> score_rules() {
  std::vector<RuleInfo> result(13);
  result[kErid].kind = "disclosure";
  result[kAside].kind = "aside";
  result[kStory].kind = "lead_in";
  result[kAsking].kind = "question";
  for (const Rule rule : {kQuestion, kAnswer, kTeaser, kPlain, kAsking})
    result[rule].label = RuleLabel::qa;
  result[kTeaser].kind = "other";
  result[kPlain].kind = "plain";
  result[kWords].kind = "vocabulary";
  result[kFooter].label = RuleLabel::signature;
  result[kPage].label = RuleLabel::boilerplate;
  return result;
}

BlockEvidence neutral(std::size_t chars = 100) {
  BlockEvidence block;
  block.chars = chars;
  return block;
}

BlockEvidence with_ad(std::int32_t weight, std::size_t chars = 100) {
  BlockEvidence block = neutral(chars);
  block.ad.push_back({.rule = kOffer, .weight = weight});
  return block;
}

BlockEvidence with_qa(Rule rule, std::int32_t weight) {
  BlockEvidence block = neutral();
  block.qa.push_back({.rule = rule, .weight = weight});
  return block;
}

Decision decided(std::vector<BlockEvidence> blocks) {
  PostEvidence post;
  post.blocks = std::move(blocks);
  return decide(post, score_rules());
}

}  // namespace

TEST_CASE("a post of one strong ad block goes as a whole", "[score]") {
  const Decision decision = decided({with_ad(4000)});

  CHECK(decision.label == Label::ad);
  CHECK(decision.outcome == Outcome::ad_only);
  CHECK(decision.blocks[0].outcome == BlockOutcome::ad);
}

TEST_CASE("a paragraph that sounds like an offer condemns no post that speaks against it",
          "[score]") {
  PostEvidence post;
  post.blocks = {with_ad(2500)};
  post.whole.qa.push_back({.rule = kPlain, .weight = -1000});

  const Decision decision = decide(post, score_rules());

  CHECK(decision.label == Label::other);
  CHECK(decision.outcome == Outcome::clean);
  CHECK(decision.blocks[0].outcome == BlockOutcome::keep);
  CHECK(decision.blocks[0].score() < 0);
  CHECK(decision.ad_score == -500);
}

TEST_CASE("a clear promotion goes alone out of a post that is no ad as a whole", "[score]") {
  const auto post_with = [](BlockEvidence promotion) {
    PostEvidence post;
    post.blocks = {neutral(100), promotion};
    post.whole.qa.push_back({.rule = kPlain, .weight = -3000});
    return decide(post, score_rules());
  };

  const Decision decision = post_with(with_ad(3500, 90));
  CHECK(decision.label == Label::mixed);
  CHECK(decision.outcome == Outcome::stripped);
  CHECK(decision.blocks[0].outcome == BlockOutcome::keep);
  CHECK(post_with(with_ad(3500, 110)).label == Label::other);
  CHECK(post_with(with_ad(2900, 90)).label == Label::other);
}

TEST_CASE("in a report full of counter-evidence only an outstanding promotion is cut out",
          "[score]") {
  const auto report_with = [](std::int32_t weight) {
    return decided({with_qa(kTeaser, -4000), neutral(), with_ad(weight), neutral()});
  };

  CHECK(report_with(3700).label == Label::other);
  CHECK(report_with(4800).label == Label::mixed);
}

TEST_CASE("a promotion is not hidden by what the words of the whole post say", "[score]") {
  const auto label_with = [](Rule rule) {
    PostEvidence post{.blocks = {neutral(300), with_ad(3900), neutral(300)}, .whole = {}};
    post.whole.qa.push_back({.rule = rule, .weight = -5000});
    return decide(post, score_rules()).label;
  };

  CHECK(label_with(kWords) == Label::mixed);
  CHECK(label_with(kTeaser) == Label::other);
}

TEST_CASE("without evidence nothing happens", "[score]") {
  const Decision decision = decided({neutral(), neutral()});

  CHECK(decision.label == Label::other);
  CHECK(decision.outcome == Outcome::clean);
}

TEST_CASE("a promotion below an answer is cut out and the answer stays", "[score]") {
  const Decision decision =
      decided({with_qa(kQuestion, -1500), with_qa(kAnswer, -1500), with_ad(4000)});

  CHECK(decision.label == Label::mixed);
  CHECK(decision.outcome == Outcome::stripped);
  CHECK(decision.blocks[1].outcome == BlockOutcome::keep);
  CHECK(decision.blocks[2].outcome == BlockOutcome::ad);
}

TEST_CASE("neighbours never drop a block that carries the answer", "[score]") {
  const Decision decision = decided({with_ad(8000), with_qa(kAnswer, -1600), with_ad(8000)});

  CHECK(decision.blocks[1].outcome != BlockOutcome::ad);
}

TEST_CASE("a block is pulled by its neighbours by no more than their price", "[score]") {
  const Decision decision = decided({with_ad(9000), neutral(), with_ad(9000), neutral(900)});

  for (const BlockDecision& block : decision.blocks) {
    CHECK(block.neighbours <= 2 * kThresholds.switching);
    CHECK(block.neighbours >= -2 * kThresholds.switching);
  }
}

TEST_CASE("more ad evidence never makes a post less of an ad", "[score]") {
  std::int32_t before = decided({neutral(), with_ad(0), neutral()}).ad_score;
  for (std::int32_t weight = 250; weight < 8000; weight += 250) {
    const std::int32_t now = decided({neutral(), with_ad(weight), neutral()}).ad_score;
    CHECK(now >= before);
    before = now;
  }
}

TEST_CASE("the law's own words make a post an ad outright", "[score]") {
  BlockEvidence tail = neutral();
  tail.ad.push_back({.rule = kErid, .weight = 6000});

  CHECK(decided({neutral(2000), tail}).label == Label::ad);
}

TEST_CASE("a disclosure over much Q&A is left to a person", "[score]") {
  BlockEvidence tail = neutral();
  tail.ad.push_back({.rule = kErid, .weight = 6000});

  const Decision decision = decided({with_qa(kQuestion, -2000), with_qa(kAnswer, -2000), tail});

  CHECK(decision.outcome == Outcome::review);
}

TEST_CASE("a signature is cut and says nothing about the post", "[score]") {
  BlockEvidence footer = with_ad(3000, 20);
  footer.signature.push_back({.rule = kFooter, .weight = 1500});

  const Decision decision = decided({with_qa(kQuestion, -1500), with_qa(kAnswer, -700), footer});

  CHECK(decision.label == Label::qa);
  CHECK(decision.outcome == Outcome::stripped);
  CHECK(decision.blocks[2].outcome == BlockOutcome::signature);
}

TEST_CASE("weak evidence spread over a post adds up", "[score]") {
  BlockEvidence call = neutral();
  call.ad.push_back({.rule = kCall, .weight = 1500});

  const Decision decision = decided({with_ad(1500), neutral(), call});

  CHECK(decision.label == Label::ad);
  CHECK(decision.outcome == Outcome::ad_only);
}

TEST_CASE("a teaser speaks for content, not for Q&A", "[score]") {
  CHECK(decided({with_qa(kTeaser, -2000)}).label == Label::other);
  CHECK(decided({with_qa(kAnswer, -2000)}).label == Label::qa);
}

TEST_CASE("a removal that would take the answer along is left to a person", "[score]") {
  const Decision decision = decided({with_qa(kAnswer, -2000), with_ad(5000, 900)});

  CHECK(decision.outcome == Outcome::review);
}

TEST_CASE("news in an ad keeps nobody from removing it, unless there is much of it", "[score]") {
  const auto offer_with = [](std::int32_t news) {
    return decided({with_qa(kTeaser, -news), with_ad(6500, 900)});
  };

  CHECK(offer_with(2000).outcome == Outcome::ad_only);
  CHECK(offer_with(3000).outcome == Outcome::review);
}

TEST_CASE("an offer beyond doubt goes, unless it holds a question with its answer", "[score]") {
  const auto offer_with = [](std::vector<BlockEvidence> blocks) {
    blocks.push_back(with_ad(12000, 1500));
    return decided(std::move(blocks));
  };

  CHECK(offer_with({with_qa(kAnswer, -2500)}).outcome == Outcome::ad_only);
  CHECK(offer_with({with_qa(kAsking, -1500), with_qa(kAnswer, -1500)}).outcome == Outcome::review);
}

TEST_CASE("a rule that is left out of the question does not count", "[score]") {
  PostEvidence post;
  post.blocks.push_back(with_ad(4000));

  CHECK(decide(post, score_rules(), std::array<std::size_t, 1>{kOffer}).outcome == Outcome::clean);
}

TEST_CASE("probability is a half at zero and grows with evidence", "[score]") {
  CHECK(probability(0) == 0.5);
  CHECK(probability(4000) == Approx(0.982));
  CHECK(probability(-4000) == Approx(0.018));
}

TEST_CASE("a promotion with text of its own on either side is cut out", "[score]") {
  CHECK(decided({neutral(300), with_ad(6000, 200), neutral(300)}).label == Label::mixed);
}

TEST_CASE("a promotion that ends the post takes its neutral lead-in along", "[score]") {
  CHECK(decided({neutral(300), neutral(300), with_ad(6000, 200)}).label == Label::ad);
}

TEST_CASE("a post in the words of an offer throughout goes as a whole, save an aside", "[score]") {
  const auto label_of = [](std::int32_t words, bool aside) {
    BlockEvidence promotion = with_ad(5500);
    if (aside) promotion.ad.push_back({.rule = kAside, .weight = 100});
    PostEvidence post{.blocks = {with_qa(kAnswer, -1300), promotion, neutral()}, .whole = {}};
    post.whole.ad.push_back({.rule = kWords, .weight = words});
    return decide(post, score_rules()).label;
  };

  CHECK(label_of(1300, false) == Label::mixed);
  CHECK(label_of(1500, false) == Label::ad);
  CHECK(label_of(1500, true) == Label::mixed);
}

TEST_CASE("an answered question is kept, whatever the words of the whole post say", "[score]") {
  PostEvidence post{.blocks = {with_qa(kAsking, -1500), with_qa(kAnswer, -1500), with_ad(8000)},
                    .whole = {}};
  post.whole.ad.push_back({.rule = kWords, .weight = 5000});

  CHECK(decide(post, score_rules()).label == Label::mixed);
}

TEST_CASE("a list of its own above a promotion that stands by itself is kept", "[score]") {
  BlockEvidence list = neutral(300);
  list.kind = BlockKind::list;
  CHECK(decided({neutral(30), list, with_ad(7000, 200)}).label == Label::mixed);

  SECTION("not the list of what an offer has") {
    CHECK(decided({with_ad(1500, 30), list, with_ad(7000, 200)}).label == Label::ad);
  }
  SECTION("not above a call that needs it") {
    CHECK(decided({neutral(30), list, with_ad(5000, 200)}).label == Label::ad);
  }
  SECTION("not below a story that leads up to the offer") {
    BlockEvidence story = neutral(30);
    story.ad.push_back({.rule = kStory, .weight = 300});
    CHECK(decided({story, list, with_ad(7000, 200)}).label == Label::ad);
  }
}

TEST_CASE("what explains beside an inset is not less worth than what says nothing", "[score]") {
  const std::vector<BlockEvidence> blocks{
      with_qa(kTeaser, -1500), with_ad(9000, 130), neutral(100)};
  CHECK(decided({neutral(100), blocks[1], blocks[2]}).label == Label::mixed);
  CHECK(decided(blocks).label == Label::mixed);
}

TEST_CASE("an invitation and a call take along what they frame", "[score]") {
  const BlockEvidence told = with_qa(kTeaser, -1500);

  CHECK(decided({with_ad(1500), told, told, with_ad(6000)}).label == Label::ad);
  CHECK(decided({told, told, told, with_ad(6000)}).label == Label::mixed);
}

TEST_CASE("a story that leads up to a call goes with it", "[score]") {
  BlockEvidence story = with_qa(kTeaser, -1500);
  CHECK(decided({story, neutral(), with_ad(6000)}).label == Label::mixed);

  story.ad.push_back({.rule = kStory, .weight = 300});
  CHECK(decided({story, neutral(), with_ad(6000)}).label == Label::ad);
}

TEST_CASE("an answer between an invitation and a call stays", "[score]") {
  const Decision decision =
      decided({with_ad(1500), with_qa(kQuestion, -1500), with_qa(kAnswer, -1500), with_ad(6000)});

  CHECK(decision.label == Label::mixed);
}

TEST_CASE("a short neutral lead-in is no text of its own beside a small promotion", "[score]") {
  CHECK(decided({neutral(250), with_ad(3000, 40)}).label == Label::ad);
  CHECK(decided({neutral(350), with_ad(3000, 40)}).label == Label::mixed);
}

TEST_CASE("a promotion that calls itself a digression is cut out at the end, too", "[score]") {
  BlockEvidence aside = with_ad(6000, 200);
  aside.ad.push_back({.rule = kAside, .weight = 500});

  CHECK(decided({neutral(300), neutral(300), aside}).label == Label::mixed);
}

TEST_CASE("a promotion behind a drawn line needs less evidence and is cut out at the end, too",
          "[score]") {
  BlockEvidence line = neutral(20);
  line.kind = BlockKind::separator;
  BlockEvidence promotion = with_ad(1500, 200);
  const auto label_below = [&](BlockEvidence last) {
    return decided({neutral(300), neutral(300), line, last}).label;
  };
  CHECK(label_below(promotion) == Label::other);

  promotion.set_off = true;
  CHECK(label_below(promotion) == Label::mixed);
  promotion.ad.front().weight = 6000;
  CHECK(label_below(promotion) == Label::mixed);
}

TEST_CASE("a drawn line within a promotion sets nothing off", "[score]") {
  BlockEvidence line = neutral(20);
  line.kind = BlockKind::separator;
  BlockEvidence call = with_ad(6000, 100);
  call.set_off = true;

  CHECK(decided({neutral(300), with_ad(4000, 100), line, call}).label == Label::ad);
}

TEST_CASE("the drawn line that sets a promotion off goes with it", "[score]") {
  BlockEvidence line = neutral(20);
  line.kind = BlockKind::separator;
  BlockEvidence promotion = with_ad(6000);
  promotion.set_off = true;

  const Decision decision = decided({neutral(300), neutral(300), line, promotion});

  CHECK(decision.blocks[1].outcome == BlockOutcome::keep);
  CHECK(decision.blocks[2].outcome == BlockOutcome::ad);
}

TEST_CASE("a question that a promotion answers goes with it, unless the post itself asks it",
          "[score]") {
  BlockEvidence question = neutral(50);
  question.asks = true;
  const BlockEvidence answer = with_qa(kAnswer, -3000);

  const Decision inside = decided({answer, neutral(200), question, with_ad(6000)});
  CHECK(inside.label == Label::mixed);
  CHECK(inside.blocks[1].outcome == BlockOutcome::keep);
  CHECK(inside.blocks[2].outcome == BlockOutcome::ad);

  CHECK(decided({question, with_ad(6000), answer, answer}).blocks[0].outcome == BlockOutcome::keep);
  question.chars = 200;
  CHECK(decided({answer, question, with_ad(6000)}).blocks[1].outcome == BlockOutcome::keep);
}

TEST_CASE("what says little between two promotions goes with them", "[score]") {
  const BlockEvidence answer = with_qa(kAnswer, -3000);

  CHECK(decided({answer, answer, with_ad(4000), neutral(), with_ad(4000)}).blocks[3].outcome ==
        BlockOutcome::ad);
  CHECK(decided({answer, answer, with_ad(4000), answer, with_ad(4000)}).blocks[3].outcome ==
        BlockOutcome::keep);
  CHECK(decided({answer, answer, with_ad(4000), neutral(), neutral()}).blocks[3].outcome ==
        BlockOutcome::keep);
}

TEST_CASE("the clearer an offer without a loud part, the more its post must tell to be none",
          "[score]") {
  const auto post_with = [](std::int32_t everywhere) {
    PostEvidence post;
    post.blocks = {with_qa(kTeaser, -2000), neutral(300)};
    post.whole.ad.push_back({.rule = kOffer, .weight = everywhere});
    return decide(post, score_rules()).label;
  };

  CHECK(post_with(4500) == Label::other);
  CHECK(post_with(5500) == Label::ad);
}

TEST_CASE("what only speaks against an offer makes no content worth keeping", "[score]") {
  const Decision plain = decided({with_qa(kPlain, -3000), neutral(), with_ad(6000)});

  CHECK(plain.label == Label::ad);
  CHECK(decided({with_qa(kPlain, -3000)}).label == Label::other);
}

TEST_CASE("a heading goes with the offer that it introduces", "[score]") {
  BlockEvidence heading = neutral(20);
  BlockEvidence offer = with_ad(4000);
  offer.follows_lead_in = true;

  const Decision decision =
      decided({with_qa(kQuestion, -1500), with_qa(kAnswer, -1500), heading, offer});

  REQUIRE(decision.label == Label::mixed);
  CHECK(decision.blocks[1].outcome == BlockOutcome::keep);
  CHECK(decision.blocks[2].outcome == BlockOutcome::ad);
  CHECK(decision.blocks[3].outcome == BlockOutcome::ad);
}

TEST_CASE("what a paragraph introduces is not cut off from it by weak evidence", "[score]") {
  BlockEvidence list = with_ad(1000);
  list.follows_lead_in = true;

  const Decision decision =
      decided({with_qa(kQuestion, -1500), with_qa(kAnswer, -1500), list, with_ad(4000)});

  CHECK(decision.blocks[2].outcome == BlockOutcome::keep);
  CHECK(decision.blocks[2].score() < 0);
  CHECK(decision.blocks[3].outcome == BlockOutcome::ad);
}
