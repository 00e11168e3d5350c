#include "classifier/vocabulary.h"

#include <algorithm>

#include "classifier/classifier.h"
#include "classifier/plain_post.h"
#include "classifier/stems.h"
#include "labelled_words.h"
#include "rule_pack_sample.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::classifier;
using namespace qanat::test;

namespace {

std::vector<std::string> stems_of(std::string_view text) {
  std::vector<std::string> stems;
  StemReader reader(text);
  while (const auto stem = reader.next()) stems.push_back(stem->text());
  return stems;
}

using Stems = std::vector<std::string>;

std::string complaint_about(const std::string& tsv) {
  Findings findings;
  (void)Vocabulary::read("en/vocabulary.tsv", tsv, findings);
  return findings.message();
}

/// A pack of one rule that never speaks, with a vocabulary.
std::vector<PackFile> pack_with(const std::string& tsv,
                                const std::string& file = "vocabulary.tsv") {
  std::vector<PackFile> files = pack_of(rule("a.b", "any = ['nothing says this']"));
  files.push_back({.path = file, .text = tsv});
  return files;
}

Verdict judged_with(const std::string& file, const std::string& tsv, const std::string& text) {
  const Classifier judge(compiled(pack_with(tsv, file)));
  return judge.classify(post_from_text(*ChannelName::parse("some_channel"), 1, text, {}));
}

Verdict judged(const std::string& tsv, const std::string& text) {
  return judged_with("vocabulary.tsv", tsv, text);
}

const RuleHit* hit_of(const Verdict& verdict, const std::string& rule) {
  for (const BlockVerdict& block : verdict.blocks) {
    for (const auto* hits : {&block.because, &block.against}) {
      const auto hit = std::ranges::find(*hits, rule, &RuleHit::rule);
      if (hit != hits->end()) return &*hit;
    }
  }
  return nullptr;
}

}  // namespace

TEST_CASE("a stem is what the forms of a word share", "[vocabulary]") {
  CHECK(stems_of("Подписывайтесь, ПОДПИСКА, ещё") == Stems{"подпис", "подпис", "еще"});
  CHECK(stems_of("Subscribers") == Stems{"subscr"});
  CHECK(stems_of("naïve 日本 x") == Stems{"na", "ve", "x"});
}

TEST_CASE("addresses, names, tags, numbers and signs are no words", "[vocabulary]") {
  CHECK(stems_of("1 200 ₽! 5% @some_name #tag_1 @ #").empty());
  CHECK(stems_of("see https://a.example/b?c=1 and b.example/c, or file.py") ==
        Stems{"see", "and", "or", "file", "py"});
}

TEST_CASE("stems of hostile text end, and are short", "[vocabulary]") {
  for (unsigned seed = 0; seed < 50; ++seed) {
    for (const std::string& stem : stems_of(random_text(seed, 200))) CHECK(stem.size() <= 12);
  }
  CHECK(stems_of(std::string(100'000, 'a')) == Stems{"aaaaaa"});
  CHECK(stems_of(std::string("\xFF\xD0") + "\xC3").empty());
}

TEST_CASE("a word counts once for each text, the heaviest comes first", "[vocabulary]") {
  Findings findings;
  const auto vocabulary = Vocabulary::read(
      "en/vocabulary.tsv", "# learned\n*\t-300\ncourse\t500\t40\t38\t9\nloop\t-700\n", findings);
  REQUIRE(findings.message().empty());
  CHECK(vocabulary.base() == -300);
  const auto words = vocabulary.words_of("Courses! A loop in a course, a course on loops");
  REQUIRE(words.size() == 2);
  CHECK(words[0].stem == "loop");
  CHECK(words[0].weight == -700);
  CHECK(words[1].stem == "course");
}

TEST_CASE("a line of a vocabulary that says nothing sound names its place and the remedy") {
  CHECK(complaint_about("course\t500\n").empty());
  CHECK(complaint_about("course 500\n")
            .starts_with("en/vocabulary.tsv:1:1: not a line of a vocabulary"));
  CHECK(complaint_about("\ncourse\t9000\n").starts_with("en/vocabulary.tsv:2:1: not a line"));
  CHECK(complaint_about("courses\t5\n")
            .find("\"courses\" is not a stem; write the first 6 letters") != std::string::npos);
  CHECK(complaint_about("a\t1\na\t2\n").find(":2:1: \"a\" is listed twice") != std::string::npos);
}

TEST_CASE("words alone can make an ad, and the verdict names them", "[vocabulary]") {
  const std::string tsv = "enroll\t2400\nmentor\t2400\nseats\t2000\nloop\t-900\n";
  const Verdict verdict = judged(tsv, "Enrolling now: mentors, few seats, no loop.");
  CHECK(verdict.label == Label::ad);
  const RuleHit* hit = hit_of(verdict, "vocabulary.ad");
  REQUIRE(hit != nullptr);
  CHECK(hit->weight == 4900);  // 1000 less than their sum: no rule agrees
  CHECK(hit->note == "enroll +2400, mentor +2400, seats +2000, loop -900");
}

TEST_CASE("where a rule agrees, words weigh what they add up to", "[vocabulary]") {
  std::vector<PackFile> files = pack_of(word_rule("ad", "mentors", 700));
  files.push_back({.path = "vocabulary.tsv", .text = "enroll\t700\nmentor\t800\n"});
  const Classifier judge(compiled(files));
  const Verdict verdict = judge.classify(
      post_from_text(*ChannelName::parse("some_channel"), 1, "Enroll with mentors", {}));
  REQUIRE(hit_of(verdict, "vocabulary.ad") != nullptr);
  CHECK(hit_of(verdict, "vocabulary.ad")->weight == 1500);
}

TEST_CASE("words of other posts speak against an ad", "[vocabulary]") {
  const Verdict verdict = judged("loop\t-900\n", "A loop ends when its test fails.");
  CHECK(verdict.label == Label::other);
  REQUIRE(hit_of(verdict, "vocabulary.plain") != nullptr);
  CHECK(hit_of(verdict, "vocabulary.plain")->weight == -900);
}

TEST_CASE("words of lessons make a post Q&A, words of news keep it from that", "[vocabulary]") {
  const std::string tsv = "*\t-300\nshould\t1900\nyester\t-900\n";
  const auto label = [&](const std::string& text) {
    return judged_with("knowledge.tsv", tsv, text);
  };

  const Verdict lesson = label("A pan should be hot before the oil goes in.");
  CHECK(lesson.label == Label::qa);
  const auto hit =
      std::ranges::find(lesson.post_hits, std::string("vocabulary.knowledge"), &RuleHit::rule);
  REQUIRE(hit != lesson.post_hits.end());
  CHECK(hit->weight == 1600);
  CHECK(hit->note == "should +1900; of any post -300");
  CHECK(label("A pan should have been hot yesterday.").label == Label::other);
}

TEST_CASE("a word of lessons counts once for a post, and no more than words may", "[vocabulary]") {
  const std::string tsv = "should\t800\nalways\t2900\nnever\t2900\n";
  const Verdict twice =
      judged_with("knowledge.tsv", tsv, "A pan should be hot.\n\nOil should be warm.");
  REQUIRE(twice.post_hits.size() == 1);
  CHECK(twice.post_hits[0].weight == 800);
  const Verdict sure = judged_with("knowledge.tsv", tsv, "It should always be so, never else.");
  CHECK(sure.post_hits.at(0).weight == kThresholds.most_knowledge);
}

TEST_CASE("words of lessons say nothing of advertising", "[vocabulary]") {
  std::vector<PackFile> files = pack_of(word_rule("ad", "mentors", 2500));
  files.push_back({.path = "knowledge.tsv", .text = "should\t3000\n"});
  const auto judged_ad = [](const std::vector<PackFile>& packs) {
    return Classifier(compiled(packs))
        .classify(post_from_text(
            *ChannelName::parse("some_channel"), 1, "You should learn with mentors", {}));
  };
  const Verdict with = judged_ad(files);
  files.pop_back();
  const Verdict without = judged_ad(files);
  CHECK(with.label == Label::ad);
  CHECK(with.ad_probability == without.ad_probability);
  CHECK(with.blocks.at(0).score == without.blocks.at(0).score);
}

TEST_CASE("words of the channel's footer make no lesson", "[vocabulary]") {
  std::vector<PackFile> files = pack_of(word_rule("signature", "forum", 1500));
  files.push_back({.path = "knowledge.tsv", .text = "should\t2000\n"});
  const Classifier judge(compiled(files));
  const Verdict verdict = judge.classify(post_from_text(
      *ChannelName::parse("some_channel"), 1, "Rain again.\n\nYou should see our forum", {}));
  CHECK(verdict.label == Label::other);
}

TEST_CASE("another weight of a word is another fingerprint, another comment is not") {
  const auto hash = [](const std::string& tsv) { return compiled(pack_with(tsv)).pack_hash(); };
  CHECK(hash("loop\t-900\n") != hash("loop\t-800\n"));
  CHECK(hash("loop\t-900\n") != hash("*\t100\nloop\t-900\n"));
  CHECK(hash("loop\t-900\n") == hash("# seen twice\nloop\t-900\t2\t0\t2\n"));
  CHECK(hash("loop\t-900\n") != compiled(pack_with("loop\t-900\n", "knowledge.tsv")).pack_hash());
}
