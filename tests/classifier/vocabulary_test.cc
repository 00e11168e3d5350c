#include "classifier/vocabulary.h"

#include <algorithm>
#include <array>
#include <set>

#include "classifier/classifier.h"
#include "classifier/plain_post.h"
#include "classifier/word_parts.h"
#include "labelled_words.h"
#include "rule_pack_sample.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::classifier;
using namespace qanat::test;

namespace {

using Parts = std::vector<std::string>;

Parts spelt_parts(std::string_view text) {
  Parts parts;
  for_each_part(text, [&](WordPart part) { parts.push_back(part.text()); });
  return parts;
}

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

WeighedText weigh(const Vocabulary& vocabulary, std::string_view text) {
  return vocabulary.weigh(vocabulary.look_up(parts_of({&text, 1})));
}

WeighedText weigh_passage(const Vocabulary& vocabulary, std::string_view text) {
  return vocabulary.weigh_passage(vocabulary.look_up(parts_of({&text, 1})));
}

}  // namespace

TEST_CASE("a word has a head and a beginning, which its forms share, and one with its neighbour") {
  CHECK(spelt_parts("ЕЩЁ") == Parts{"еще"});
  CHECK(spelt_parts("Подписывайтесь") == Parts{"подп", "подписыв"});
  CHECK(spelt_parts("Subscribers") == Parts{"subs", "subscrib"});
  CHECK(spelt_parts("Пиши в личку") == Parts{"пиши", "в", "пиши в", "личк", "личку", "в личк"});
  CHECK(spelt_parts("naïve 日本 x") == Parts{"na", "ve", "na ve", "x", "ve x"});
}

TEST_CASE("the parts of several texts are each told once, and none is of two of them") {
  constexpr std::array<std::string_view, 2> kTexts{"old man", "old boat"};
  std::set<std::string> spelt;
  for (const WordPart part : parts_of(kTexts)) CHECK(spelt.insert(part.text()).second);
  CHECK(spelt == std::set<std::string>{"old", "man", "old man", "boat", "old boat"});
}

TEST_CASE("addresses, names, tags, numbers and signs are no words", "[vocabulary]") {
  CHECK(spelt_parts("1 200 ₽! 5% @some_name #tag_1 @ #").empty());
  CHECK(spelt_parts("see https://a.example/b?c=1 and b.example/c") ==
        Parts{"see", "and", "see and"});
}

TEST_CASE("parts of hostile text end, are short, and are found again by their text") {
  for (unsigned seed = 0; seed < 50; ++seed) {
    for_each_part(random_text(seed, 200), [](WordPart part) {
      CHECK(part.text().size() <= 17);
      CHECK(word_part_of(part.text()) == part);
    });
  }
  CHECK(spelt_parts(std::string(100'000, 'a')) == Parts{"aaaa", "aaaaaaaa"});
  CHECK(spelt_parts(std::string("\xFF\xD0") + "\xC3").empty());
  CHECK_FALSE(word_part_of("Cour"));
  CHECK_FALSE(word_part_of("beginnings"));
  CHECK_FALSE(word_part_of("begin now"));
  for (const auto* other :
       {"", " ", "a ", " a", "a b c", "a  b", "it's", "ещё", "3d", "日本", "a.b/"}) {
    CHECK_FALSE(word_part_of(other));
  }
}

TEST_CASE("a part counts once, by its rarity among those that a text has", "[vocabulary]") {
  Findings findings;
  const auto vocabulary = Vocabulary::read("en/vocabulary.tsv",
                                           "# learned\n*\t-300\ncourse\t500\t3000\t40\t38\t9\n"
                                           "loop\t-1000\t4000\n",
                                           findings);
  REQUIRE(findings.message().empty());
  CHECK(vocabulary.base() == -300);
  const WeighedText both = weigh(vocabulary, "Courses! A loop on loops");
  REQUIRE(both.parts.size() == 1);  // "courses" begins otherwise
  CHECK(both.parts[0].weight == -1000);
  const WeighedText mixed = weigh(vocabulary, "A loop in a course, a course on loops");
  REQUIRE(mixed.parts.size() == 2);
  const auto weight_of = [&](std::string_view text) {
    return std::ranges::find(mixed.parts, word_part_of(text), &PartWeight::part)->weight;
  };
  CHECK(weight_of("loop") == -800);  // 4000 of the root of 4000² + 3000²
  CHECK(weight_of("course") == 300);
  CHECK(mixed.sum == -300 - 800 + 300);
  CHECK(weigh(vocabulary, "something else").parts.empty());
}

TEST_CASE("a long text says no more than a short one in the same words", "[vocabulary]") {
  Findings findings;
  const auto vocabulary =
      Vocabulary::read("en/vocabulary.tsv", "one\t900\t1000\nten\t900\t1000\n", findings);
  CHECK(weigh(vocabulary, "one").sum == 900);
  CHECK(weigh(vocabulary, "one one one").sum == 900);
  CHECK(weigh(vocabulary, "one ten").sum == 2 * (900 * 1000 / 1414));
}

TEST_CASE("what vocabularies of two languages know of a text is weighed as one text",
          "[vocabulary]") {
  Findings findings;
  const auto english = Vocabulary::read("en/vocabulary.tsv", "*\t-500\none\t900\t1000\n", findings);
  const auto russian = Vocabulary::read("ru/vocabulary.tsv", "один\t900\t1000\n", findings);
  constexpr std::string_view kText = "one один";
  const KnownParts words = english.look_up(parts_of({&kText, 1}));
  const KnownParts slova = russian.look_up(parts_of({&kText, 1}));
  const WeighedText half = english.weigh(words, squares_of(slova));
  CHECK(half.parts.front().weight == 900 * 1000 / 1414);
  CHECK(half.base == -500 * 1000 / 1414);

  const std::vector<const KnownParts*> one{&words};
  const std::vector<const KnownParts*> other{&slova};
  WordSums both = english.sum_growing(one).front();
  both += russian.sum_growing(other).front();
  CHECK(both.sum() == Approx(half.sum + russian.weigh(slova, squares_of(words)).sum).margin(2));
}

TEST_CASE("a passage of few words says little, one of many what a post of them says",
          "[vocabulary]") {
  Findings findings;
  std::string lines = "one\t900\t1000\n";
  std::string text;
  for (char second = 'a'; second <= 'z'; ++second) {
    for (char third = 'a'; third <= 'z'; ++third) {
      const std::string word = std::string("w") + second + third;
      lines += word + "\t100\t5000\n";
      text += word + " ";
    }
  }
  const auto vocabulary = Vocabulary::read("en/vocabulary.tsv", lines, findings);
  REQUIRE(findings.message().empty());
  CHECK(weigh_passage(vocabulary, "one").sum == 900 * 1000 / 40'012);
  const std::int32_t whole = weigh(vocabulary, text).sum;
  CHECK(weigh_passage(vocabulary, text).sum > whole * 9 / 10);
}

TEST_CASE("a line of a vocabulary that says nothing sound names its place and the remedy") {
  CHECK(complaint_about("course\t500\t2000\n").empty());
  CHECK(complaint_about("*\t-300\r\ncourse\t500\t2000\r\n").empty());
  CHECK(complaint_about("course 500\n")
            .starts_with("en/vocabulary.tsv:1:1: not a line of a vocabulary"));
  CHECK(complaint_about("\ncourse\t9000\t2000\n").starts_with("en/vocabulary.tsv:2:1: not a"));
  CHECK(complaint_about("courses more\t5\t2000\n")
            .find("\"courses more\" is not a part of words; write, in lower case, the first 4") !=
        std::string::npos);
  CHECK(complaint_about("a\t1\t2000\na\t2\t2000\n").find(":2:1: \"a\" is listed twice") !=
        std::string::npos);
}

TEST_CASE("a vocabulary of the earlier form, without rarity, is told once and not misread") {
  const std::string told = complaint_about("course\t500\t40\t38\t9\nloop\t-700\t20\t0\t3\n");
  CHECK(told.find("its rarity in thousandths, at least 1000") != std::string::npos);
  CHECK(told.find(":2:") == std::string::npos);
}

TEST_CASE("words make an ad of a post with a sign of one, and the verdict names them",
          "[vocabulary]") {
  const std::string tsv =
      "*\t200\nenro\t5000\t60000\nment\t5000\t60000\nseat\t4800\t60000\nloop\t-1800\t60000\n";
  std::vector<PackFile> files = pack_of(word_rule("ad", "now", 1000));
  files.push_back({.path = "vocabulary.tsv", .text = tsv});
  const Classifier judge(compiled(files));
  const auto judged_by_words = [&](const std::string& text) {
    return judge.classify(post_from_text(*ChannelName::parse("some_channel"), 1, text, {}));
  };

  CHECK(judged_by_words("Enrolling: mentors, few seats, no loop.").label == Label::other);
  const Verdict verdict = judged_by_words("Enrolling now: mentors, few seats, no loop.");
  CHECK(verdict.label == Label::ad);
  const RuleHit* hit = hit_of(verdict, "vocabulary.ad");
  REQUIRE(hit != nullptr);
  CHECK(hit->weight == 5000);  // a block's words weigh no more
  CHECK(hit->note == "enro +2371, ment +2371, seat +2276, loop -853; of any post 189");
  const auto whole =
      std::ranges::find(verdict.post_hits, std::string("vocabulary.ad"), &RuleHit::rule);
  REQUIRE(whole != verdict.post_hits.end());
  CHECK(whole->weight == 6700 * kThresholds.post_words / 100);
  CHECK(whole->note == "enro +6250, ment +6250, seat +6000, loop -2250; of any post 500");
}

TEST_CASE("where a rule agrees, words weigh what they add up to", "[vocabulary]") {
  std::vector<PackFile> files = pack_of(word_rule("ad", "mentors", 700));
  files.push_back({.path = "vocabulary.tsv", .text = "enroll\t1500\t30000\n"});
  const Classifier judge(compiled(files));
  const Verdict verdict = judge.classify(
      post_from_text(*ChannelName::parse("some_channel"), 1, "Enroll with mentors", {}));
  REQUIRE(hit_of(verdict, "vocabulary.ad") != nullptr);
  CHECK(hit_of(verdict, "vocabulary.ad")->weight == 1500 * 3 / 5);
}

TEST_CASE("words of other posts speak against an ad", "[vocabulary]") {
  const Verdict verdict = judged("loop\t-900\t30000\n", "A loop ends when its test fails.");
  CHECK(verdict.label == Label::other);
  REQUIRE(hit_of(verdict, "vocabulary.plain") != nullptr);
  CHECK(hit_of(verdict, "vocabulary.plain")->weight == -900 * 3 / 5);
}

TEST_CASE("words of lessons make a post Q&A, words of news keep it from that", "[vocabulary]") {
  const std::string tsv = "*\t-200\nshou\t1400\t2000\nyest\t-900\t2000\n";
  const auto label = [&](const std::string& text) {
    return judged_with("knowledge.tsv", tsv, text);
  };

  const Verdict lesson = label("A pan should be hot before the oil goes in.");
  CHECK(lesson.label == Label::qa);
  const auto hit =
      std::ranges::find(lesson.post_hits, std::string("vocabulary.knowledge"), &RuleHit::rule);
  REQUIRE(hit != lesson.post_hits.end());
  CHECK(hit->weight == 1200 * kThresholds.knowledge_words / 100);
  CHECK(hit->note == "shou +2100; of any post -300");
  CHECK(label("A pan should have been hot yesterday.").label == Label::other);
}

TEST_CASE("a word of lessons counts once for a post", "[vocabulary]") {
  const Verdict twice = judged_with(
      "knowledge.tsv", "shou\t800\t2000\n", "A pan should be hot.\n\nOil should be warm.");
  REQUIRE(twice.post_hits.size() == 1);
  CHECK(twice.post_hits[0].weight == 800 * kThresholds.knowledge_words / 100);
}

TEST_CASE("an ad in the words of a lesson is for a person to look at", "[vocabulary]") {
  std::vector<PackFile> files = pack_of(word_rule("ad", "coupons", 2500));
  files.push_back({.path = "knowledge.tsv", .text = "shou\t800\t2000\n"});
  const Classifier judge(compiled(files));
  const auto outcome = [&](const std::string& text) {
    return judge.classify(post_from_text(*ChannelName::parse("some_channel"), 1, text, {})).outcome;
  };
  CHECK(outcome("Enter coupons at the till.") == Outcome::ad_only);
  CHECK(outcome("Coupons should be entered at the till.") == Outcome::review);
}

TEST_CASE("where words of a lesson alone hold an ad back, they are what would flip it",
          "[vocabulary]") {
  std::vector<PackFile> files =
      pack_of(word_rule("ad", "coupons", 2500) + word_rule("ad", "vouchers", 2500));
  files.push_back({.path = "knowledge.tsv", .text = "shou\t800\t2000\n"});
  const Verdict verdict = Classifier(compiled(files))
                              .classify(post_from_text(*ChannelName::parse("some_channel"),
                                                       1,
                                                       "Coupons and vouchers should be entered.",
                                                       {}));
  CHECK(verdict.outcome == Outcome::review);
  CHECK(verdict.blocks.at(0).flip == "without vocabulary.knowledge: ad");
}

TEST_CASE("words of lessons say nothing of advertising", "[vocabulary]") {
  std::vector<PackFile> files = pack_of(word_rule("ad", "mentors", 2500));
  files.push_back({.path = "knowledge.tsv", .text = "should\t500\t2000\n"});
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
  files.push_back({.path = "knowledge.tsv", .text = "should\t2000\t2000\n"});
  const Classifier judge(compiled(files));
  const Verdict verdict = judge.classify(post_from_text(
      *ChannelName::parse("some_channel"), 1, "Rain again.\n\nYou should see our forum", {}));
  CHECK(verdict.label == Label::other);
}

TEST_CASE("another weight of a word is another fingerprint, another comment is not") {
  const auto hash = [](const std::string& tsv) { return compiled(pack_with(tsv)).pack_hash(); };
  const std::string tsv = "loop\t-900\t2000\n";
  CHECK(hash(tsv) != hash("loop\t-800\t2000\n"));
  CHECK(hash(tsv) != hash("loop\t-900\t2001\n"));
  CHECK(hash(tsv) != hash("*\t100\nloop\t-900\t2000\n"));
  CHECK(hash(tsv) == hash("# seen twice\nloop\t-900\t2000\t2\t0\t2\n"));
  CHECK(hash(tsv) != compiled(pack_with(tsv, "knowledge.tsv")).pack_hash());
}
