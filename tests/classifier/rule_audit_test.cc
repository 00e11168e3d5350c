#include "classifier/audit/rule_audit.h"

#include "classifier/plain_post.h"
#include "labelled_words.h"
#include "rule_pack_sample.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::classifier;
using qanat::test::pack_of;
using qanat::test::word_rule;

namespace {

/// elephant and horse advertise, why protects, and nobody says unicorn.
const Classifier& judge() {
  static const Classifier kJudge(
      test::compiled(pack_of(word_rule("ad", "elephant", 3000) + word_rule("ad", "horse", 1500) +
                             word_rule("ad", "unicorn", 3000) + word_rule("qa", "why", -2500))));
  return kJudge;
}

ExaminedPost examined(const std::string& channel, const std::string& text, Label label) {
  return test::examined(judge(), channel, text, label);
}

/// Posts of one block each.
std::vector<ExaminedPost> corpus() {
  return {examined("one", "elephant and horse for sale", Label::ad),
          examined("one", "elephant for sale", Label::ad),
          examined("two", "horse for sale", Label::ad),
          examined("two", "why an elephant has a trunk", Label::qa),
          examined("two", "elephant news", Label::other),
          examined("two", "plain text", Label::other)};
}

std::size_t index_of(const std::string& id) { return test::index_of(judge(), id); }

RuleAudit audit_of(const std::vector<ExaminedPost>& posts, const std::string& id) {
  return audit_rules(posts, judge()).at(index_of(id));
}

}  // namespace

TEST_CASE("an audit counts units, posts, channels and the share of the foremost", "[audit]") {
  const RuleAudit elephant = audit_of(corpus(), "ad.elephant");

  CHECK(elephant.units == 4);
  CHECK(elephant.posts == 4);
  CHECK(elephant.channels == 2);
  CHECK(elephant.top_channel == "one");
  CHECK(elephant.top_share == Approx(0.5));
  CHECK_FALSE(elephant.is_channel_bound());
}

TEST_CASE("words of knowledge are counted once for each post that has them", "[audit]") {
  std::vector<PackFile> files = pack_of(word_rule("ad", "elephant", 3000));
  files.push_back({.path = "knowledge.tsv", .text = "shou\t900\t2000\nyest\t-900\t2000\n"});
  const Classifier judge(test::compiled(files));
  const std::vector<ExaminedPost> posts = {
      test::examined(judge, "one", "it should be\n\nand it should not", Label::qa),
      test::examined(judge, "two", "it was yesterday", Label::other),
      test::examined(judge, "two", "plain text", Label::other)};

  const RuleAudit words =
      audit_rules(posts, judge).at(test::index_of(judge, "vocabulary.knowledge"));

  CHECK(words.units == 2);
  CHECK(words.posts == 2);
  CHECK(words.channels == 2);
}

TEST_CASE("precision is the share of hits that people agree with", "[audit]") {
  const RuleAudit elephant = audit_of(corpus(), "ad.elephant");
  const RuleAudit why = audit_of(corpus(), "qa.why");

  CHECK(elephant.precision.hits == 2);
  CHECK(elephant.precision.total == 4);
  CHECK(elephant.precision.low == Approx(0.1500).margin(0.0001));  // Wilson for 2 of 4
  CHECK(elephant.precision.high == Approx(0.8500).margin(0.0001));
  CHECK(why.precision.hits == 1);
}

TEST_CASE("S/O does not depend on how many ads the corpus has", "[audit]") {
  std::vector<ExaminedPost> posts = corpus();
  // Units: 6 blocks and 6 whole posts. Promotion: 3 blocks and 3 posts, the rest not.
  // elephant: 2 of 6 against 2 of 6.
  CHECK(audit_of(posts, "ad.elephant").s_o == Approx(0.5));
  // horse: 2 of 6 against 0.
  CHECK(audit_of(posts, "ad.horse").s_o == Approx(1.0));

  const std::vector<ExaminedPost> again = corpus();
  for (std::size_t i = 3; i < again.size(); ++i) posts.push_back(again[i]);  // twice the others
  CHECK(audit_of(posts, "ad.elephant").s_o == Approx(0.5));
}

TEST_CASE("a rule is decisive where a block would be decided otherwise without it", "[audit]") {
  // elephant 3000 + horse 1500 − 2000: an ad. Without elephant −500, without horse +1000.
  const std::vector<ExaminedPost> posts = {
      examined("one", "elephant and horse for sale", Label::ad)};

  CHECK(audit_of(posts, "ad.elephant").decisive == 1);
  CHECK(audit_of(posts, "ad.horse").decisive == 0);
}

TEST_CASE("a rule costs what its patterns are searched for", "[audit]") {
  // "elephant" four times, "horse" twice, "why" once; a key that is the whole pattern is found by
  // one search, and none is searched for where its key is not.
  const RuleAudit elephant = audit_of(corpus(), "ad.elephant");

  CHECK(elephant.searches == 4);
  CHECK(elephant.search_share == Approx(4.0 / 7));
  CHECK(audit_of(corpus(), "ad.horse").searches == 2);
  CHECK(audit_of(corpus(), "ad.unicorn").searches == 0);
  CHECK(audit_of({}, "ad.unicorn").search_share == 0);
}

TEST_CASE("leave-one-out F1 takes the weight of one rule away", "[audit]") {
  // Judged ads: both elephant ads and the elephant news; the horse alone is too weak.
  // F1 with all: 2·2/(3+3) = 2/3. Without elephant none is judged an ad: 0.
  CHECK(audit_of(corpus(), "ad.elephant").ad_f1_loss == Approx(2.0 / 3));
  CHECK(audit_of(corpus(), "ad.horse").ad_f1_loss == Approx(0.0));
  // Without `why` the question about elephants is an ad: 2·2/(4+3).
  CHECK(audit_of(corpus(), "qa.why").ad_f1_loss == Approx(2.0 / 3 - 4.0 / 7));
  CHECK(audit_of(corpus(), "qa.why").qa_saved == 1);
  CHECK(audit_of(corpus(), "qa.why").qa_lost == 0);
}

TEST_CASE("an audit tells what a rule says alone, within another, and against others", "[audit]") {
  const RuleAudit elephant = audit_of(corpus(), "ad.elephant");
  const RuleAudit horse = audit_of(corpus(), "ad.horse");
  const RuleAudit why = audit_of(corpus(), "qa.why");

  CHECK(elephant.unique == 3);
  CHECK(elephant.overlap.rule == index_of("ad.horse"));
  CHECK(elephant.overlap.containment == Approx(0.25));
  CHECK(horse.overlap.rule == index_of("ad.elephant"));
  CHECK(horse.overlap.containment == Approx(0.5));
  CHECK(elephant.conflicts == 1);
  CHECK(elephant.conflicts_won == 0);
  CHECK(why.conflicts == 1);
  CHECK(why.conflicts_won == 1);
}

TEST_CASE("a shadow rule is counted, and shows what it would do if it were active", "[audit]") {
  const Classifier watched(test::compiled(
      pack_of(word_rule("ad", "horse", 1500) + word_rule("qa", "why", -2500) +
              test::rule("ad.elephant",
                         "any = ['elephant']\nstatus = 'shadow'\nweight = { init = 3000 }"))));
  std::vector<ExaminedPost> posts;
  for (const ExaminedPost& post : corpus()) {
    posts.push_back(
        test::examined(watched, post.labelled.channel, post.labelled.text, post.labelled.label));
  }
  const RuleAudit elephant = audit_rules(posts, watched).at(test::index_of(watched, "ad.elephant"));

  CHECK(elephant.units == 4);
  CHECK(elephant.channels == 2);
  CHECK(elephant.precision.hits == 2);
  // Both elephant ads and the elephant news would go; today nothing does.
  CHECK(elephant.decisive == 3);
  CHECK(elephant.ad_f1_loss == Approx(2.0 / 3));
  CHECK_FALSE(elephant.may_act());
}

TEST_CASE("a shadow rule may act once enough of several channels agrees with it", "[audit]") {
  RuleAudit audit;
  audit.units = 40;
  audit.channels = 3;
  audit.precision = wilson(40, 40);
  CHECK(audit.may_act());
  audit.channels = 2;
  CHECK_FALSE(audit.may_act());
  audit.channels = 3;
  audit.precision = wilson(34, 40);
  CHECK_FALSE(audit.may_act());
}

TEST_CASE("a rule whose words a lighter one knows too is not decisive", "[audit]") {
  const auto rule = [](const std::string& id, const std::string& pattern, int weight) {
    return test::rule(id,
                      "words = 'part'\nany = ['" + pattern +
                          "']\nstatus = 'active'\nmatch = ['an elephant']\nno_match = ['none']\n"
                          "weight = { init = " +
                          std::to_string(weight) + ", min = 0, max = 8000 }");
  };
  const Classifier overlapping(test::compiled(
      pack_of(rule("ad.heavy", "elephant", 3000) + rule("ad.light", "an elephant", 2900))));
  const std::vector<ExaminedPost> posts = {
      test::examined(overlapping, "one", "buy an elephant", Label::ad)};

  const auto audits = audit_rules(posts, overlapping);

  CHECK(audits.at(0).decisive == 0);
  CHECK(audits.at(0).ad_f1_loss == Approx(0.0));
  CHECK(audits.at(1).decisive == 0);
}

TEST_CASE("a rule without a hit is dead, and one of a single channel is bound to it", "[audit]") {
  CHECK(audit_of(corpus(), "ad.unicorn").is_dead());
  CHECK(audit_of(corpus(), "qa.why").is_channel_bound());
}

TEST_CASE("a block belongs to what most of its characters are marked as", "[audit]") {
  const std::string text = "An answer that is long enough.\n\nBuy an elephant\n\nWe are @some_one";
  const auto span = [&](const std::string& part) {
    return Span{.begin = text.find(part), .end = text.find(part) + part.size()};
  };
  const Post post = post_from_text(ChannelName::parse("some_channel").value(), 1, text, {});

  const ExaminedPost mixed = examine_labelled(
      judge(),
      post,
      {.text = text,
       .label = Label::mixed,
       .spans = {{.span = span("Buy an elephant"), .kind = RemovedKind::ad},
                 {.span = span("We are @some_one"), .kind = RemovedKind::signature}}});

  CHECK(mixed.truth == std::vector{BlockOutcome::keep, BlockOutcome::ad, BlockOutcome::signature});
}

TEST_CASE("evidence reweighed decides as rules of those weights do", "[audit]") {
  const Classifier lighter(
      test::compiled(pack_of(word_rule("ad", "elephant", 1000) + word_rule("ad", "horse", 4000) +
                             word_rule("ad", "unicorn", 3000) + word_rule("qa", "why", -100))));
  const std::vector<std::int32_t> weights = weights_of(lighter.rules().rules());

  for (const ExaminedPost& post : corpus()) {
    const Post plain =
        post_from_text(ChannelName::parse("some_channel").value(), 1, post.labelled.text, {});
    const Verdict expected = lighter.classify(plain);
    const Verdict verdict =
        judge().judge(post.found, reweighed(post.found.evidence, judge().rules().rules(), weights));
    CAPTURE(post.labelled.text);
    CHECK(verdict.label == expected.label);
    CHECK(verdict.outcome == expected.outcome);
    CHECK(verdict.ad_probability == expected.ad_probability);
    CHECK(verdict.removed.size() == expected.removed.size());
  }
}

TEST_CASE("without rules of a single channel, the others alone decide", "[audit]") {
  const std::vector<ExaminedPost> posts = corpus();
  const auto& rules = judge().rules().rules();

  const std::vector<std::int32_t> weights =
      weights_of_widespread(audit_rules(posts, judge()), rules, 2);

  CHECK(weights[index_of("ad.elephant")] == 3000);
  CHECK(weights[index_of("qa.why")] == 0);
  CHECK(weights[index_of("ad.unicorn")] == 0);
  // The question about elephants is taken for an ad then.
  CHECK(evaluate_at(posts, judge(), weights).all.qa_lost.size() == 1);
  CHECK(evaluate_at(posts, judge(), weights_of(rules)).all.qa_lost.empty());
}
