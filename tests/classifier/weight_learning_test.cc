#include "classifier/learning/weight_learning.h"

#include "classifier/learning/cross_validation.h"
#include "classifier/plain_post.h"
#include "labelled_words.h"
#include "rule_pack_sample.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::classifier;
using qanat::test::pack_of;
using qanat::test::word_rule;

namespace {

/// `elephant` means an ad in every channel but weighs too little to say so; `trunk` does not, and
/// weighs as much; `why` protects.
const Classifier& elephant_judge() {
  static const Classifier kJudge(
      test::compiled(pack_of(word_rule("ad", "elephant", 1200) + word_rule("ad", "trunk", 1200) +
                             word_rule("ad", "saddle", 1200) + word_rule("qa", "why", -1500))));
  return kJudge;
}

/// Six channels. `saddle` is an ad in one of them alone.
std::vector<ExaminedPost> six_channels() {
  std::vector<ExaminedPost> posts;
  for (int c = 0; c < 6; ++c) {
    const std::string name(1, static_cast<char>('a' + c));
    const auto add = [&](const std::string& text, Label label) {
      posts.push_back(test::examined(elephant_judge(), "channel_" + name, text, label));
    };
    for (const char* more : {"one", "two", "three", "four"}) {
      add(std::string("elephant ") + more + name, Label::ad);
      add(std::string("trunk ") + more + name, Label::other);
      add(std::string("why elephant ") + more + name, Label::qa);
    }
    if (c == 0) add("saddle " + name, Label::ad);
  }
  return posts;
}

WeightLearner learner(const std::vector<ExaminedPost>& posts, LearningPlan plan = {}) {
  return {posts, elephant_judge().rules().rules(), std::move(plan)};
}

std::int32_t weight(const LearnedWeights& learned, const std::string& id) {
  return learned.weights.at(test::index_of(elephant_judge(), id));
}

LearnedWeight details(const LearnedWeights& learned, const std::string& id) {
  const std::size_t rule = test::index_of(elephant_judge(), id);
  return *std::ranges::find(learned.rules, rule, &LearnedWeight::rule);
}

}  // namespace

TEST_CASE("rows are blocks against their bias, and posts against theirs", "[learning]") {
  const std::vector<ExaminedPost> posts = {
      test::examined(elephant_judge(), "a", "elephant\n\nelephant trunk", Label::other),
      test::examined(elephant_judge(), "a", "elephant", Label::ad),
      test::examined(elephant_judge(), "a", "nothing", Label::qa)};

  const std::vector<TrainingRow> rows = training_rows(posts, elephant_judge().rules().rules());

  REQUIRE(rows.size() == 4);  // two blocks and a post; an ad is one row; nothing said, no row
  CHECK(rows[0].terms.size() == 1);
  CHECK(rows[0].offset == Approx(-2.0));
  CHECK(rows[1].terms.size() == 2);
  CHECK(rows[2].terms.size() == 2);  // each rule once
  CHECK(rows[2].offset == Approx(-kThresholds.post_bias / 1000.0));
  CHECK_FALSE(rows[2].promotion);
  CHECK(rows[3].promotion);
  CHECK(rows[3].post == 1);
}

TEST_CASE("a block with a small ad in it answers neither way", "[learning]") {
  const auto rows_of = [](std::size_t marked) {
    std::vector<ExaminedPost> posts = {test::examined(
        elephant_judge(), "a", "why this is so takes long to say, elephant", Label::mixed)};
    const std::size_t size = posts[0].labelled.text.size();
    LabelledPost label = posts[0].labelled;
    label.spans = {{.span = {.begin = size - marked, .end = size}, .kind = RemovedKind::ad}};
    posts[0] =
        examine_labelled(elephant_judge(),
                         post_from_text(*ChannelName::parse("some_channel"), 1, label.text, {}),
                         label);
    return training_rows(posts, elephant_judge().rules().rules());
  };

  CHECK(rows_of(std::string_view("elephant").size()).empty());
  const std::vector<TrainingRow> mostly_ad = rows_of(40);
  REQUIRE(mostly_ad.size() == 1);
  CHECK(mostly_ad[0].promotion);
}

TEST_CASE("a row adds up to what the block or the post scores by itself", "[learning]") {
  auto files = pack_of(word_rule("ad", "elephant", 350) + "count = 'per_hit'\n" +
                       word_rule("ad", "trunk", 200) + word_rule("qa", "why", -400) +
                       test::rule("ad.herd",
                                  "status = 'active'\nwhy = 'test'\nany = ['an elephant']\n"
                                  "weight = { init = 100, min = 0, max = 900 }\n"
                                  "match = ['an elephant']\nno_match = ['x']"));
  files.push_back({.path = "vocabulary.tsv", .text = "elep\t90\t9000\nsadd\t1500\t9000\n"});
  files.push_back({.path = "channels/some_channel.toml",
                   .text = "[[override]]\nrule = 'ad.trunk'\nweight = 300\nreason = 'theirs'\n"});
  const Classifier judge(test::compiled(files));
  const auto& rules = judge.rules().rules();
  const auto score_of = [&rules](const TrainingRow& row) {
    double score = row.offset;
    for (const Term& term : row.terms) score += term.count * rules[term.rule].weight / 1000;
    return score;
  };
  for (const char* text : {"an elephant with an elephant\n\nan elephant with a trunk",
                           "why a trunk\n\nan elephant and a saddle, a saddle",
                           "elephant elephant elephant\n\nelephant"}) {
    CAPTURE(text);
    const std::vector<ExaminedPost> posts = {test::examined(judge, "a", text, Label::other)};
    const Decision decision = decide(posts[0].found.evidence, rules);
    REQUIRE(decision.label == Label::other);

    const std::vector<TrainingRow> rows = training_rows(posts, rules);

    REQUIRE(rows.size() == decision.blocks.size() + 1);
    for (std::size_t b = 0; b < decision.blocks.size(); ++b) {
      const BlockDecision& block = decision.blocks[b];
      CHECK(score_of(rows[b]) == Approx((block.bias + block.evidence) / 1000.0));
    }
    CHECK(score_of(rows.back()) == Approx(decision.ad_score / 1000.0));
  }
}

TEST_CASE("learning raises what is an ad everywhere and lowers what is not", "[learning]") {
  const std::vector<ExaminedPost> posts = six_channels();
  const WeightLearner learn = learner(posts);
  const double l1 = WeightLearner::one_standard_error(learn.path());

  const LearnedWeights learned = learn.learn(l1, kNoFold);

  CHECK(weight(learned, "ad.elephant") > 1500);
  CHECK(weight(learned, "ad.trunk") < 1000);
  CHECK(weight(learned, "ad.trunk") >= 0);
  CHECK(weight(learned, "qa.why") <= 0);
  CHECK(details(learned, "ad.elephant").selected == 1.0);
  CHECK(details(learned, "ad.elephant").same_way == 1.0);
  CHECK(details(learned, "ad.elephant").rows == 72);  // 24 ads, 24 questions and their blocks
}

TEST_CASE("a weight that few resamples of channels move stays as it is", "[learning]") {
  const std::vector<ExaminedPost> posts = six_channels();
  const WeightLearner learn = learner(posts, {.least_selected = 0.9});
  const double l1 = learn.path().back().l1;  // the weakest pull moves what it can

  const LearnedWeights learned = learn.learn(l1, kNoFold);

  // A resample of six channels lacks the saddle's one in (5/6)^6 = 33 % of the cases.
  CHECK(details(learned, "ad.saddle").selected < 0.9);
  CHECK(details(learned, "ad.saddle").selected > 0.4);
  CHECK(weight(learned, "ad.saddle") == 1200);
  CHECK(details(learned, "ad.saddle").high > 1200);
}

TEST_CASE("locked rules and the same seed give the same weights", "[learning]") {
  const std::vector<ExaminedPost> posts = six_channels();
  const WeightLearner learn = learner(posts, {.locked = {"ad.elephant"}});

  const LearnedWeights first = learn.learn(0.001, kNoFold);
  const LearnedWeights second = learn.learn(0.001, kNoFold);

  CHECK(first.weights == second.weights);
  CHECK(weight(first, "ad.elephant") == 1200);
  CHECK(first.rules.size() == 3);
}

TEST_CASE("what is learned without a fold does not know its posts", "[learning]") {
  std::vector<ExaminedPost> posts = six_channels();
  const WeightLearner learn = learner(posts, {.folds = 6});
  REQUIRE(learn.folds() == 6);
  const std::size_t of_saddle = learn.fold_of(12);
  REQUIRE(posts[12].labelled.text == "saddle a");

  CHECK(weight(learn.learn(0.0005, of_saddle), "ad.saddle") == 1200);
}

TEST_CASE("cross-validation judges each post by weights learned without its channel",
          "[learning]") {
  const std::vector<ExaminedPost> posts = six_channels();
  const WeightLearner learn = learner(posts);
  const double l1 = WeightLearner::one_standard_error(learn.path());

  const CrossValidation result = cross_validate(posts, elephant_judge(), learn, l1);

  CHECK(result.folds.size() == 5);
  CHECK(result.before.posts == posts.size());
  CHECK(result.after.posts == posts.size());
  CHECK(result.before.classes[1].recall.hits == 0);  // elephants alone never made an ad
  CHECK(result.after.classes[1].recall.hits == 24);  // now they do, in channels not learned from
  CHECK(result.after.classes[1].precision.value == 1.0);
  CHECK(result.after.qa_lost.empty());
  CHECK(result.plain.forecasts == posts.size());
  CHECK(result.platt_calibration.forecasts == posts.size());
  // Scores this clearly apart were better left alone: Platt's smoothed targets pull them in.
  CHECK(result.platt_calibration.brier > result.plain.brier);
}
