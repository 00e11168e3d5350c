#include "classifier/learning/vocabulary_learning.h"

#include <algorithm>

#include "labelled_words.h"
#include "rule_pack_sample.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::classifier;
using qanat::test::pack_of;

namespace {

const Classifier& whale_judge() {
  static const Classifier kJudge(test::compiled(pack_of(test::word_rule("ad", "whale", 100))));
  return kJudge;
}

/// Four posts of each kind in six channels, no two alike: `add_kinds` is called with what adds a
/// post of a text and a label, and with the words that end its texts.
template <class AddKinds>
std::vector<ExaminedPost> posts_of_six_channels(AddKinds add_kinds) {
  std::vector<ExaminedPost> posts;
  for (int c = 0; c < 6; ++c) {
    const std::string name(1, static_cast<char>('a' + c));
    const auto add = [&](const std::string& text, Label label) {
      posts.push_back(test::examined(whale_judge(), "channel_" + name, text, label));
    };
    for (const char* more : {"one", "two", "three", "four"}) add_kinds(add, more + name);
  }
  return posts;
}

/// Six channels whose ads say `elephant`; `saddle` is one channel's ads' word.
std::vector<ExaminedPost> elephant_ads() {
  return posts_of_six_channels([](const auto& add, const std::string& end) {
    add("the elephant of " + end + (end.back() == 'a' ? " saddle" : ""), Label::ad);
    add("the why of " + end, Label::qa);
  });
}

std::int32_t weight_of(const LearnedVocabulary& learned, const std::string& text) {
  const std::vector<LearnedPart>& parts = learned.weighed.parts;
  const auto part = std::ranges::find(parts, text, &LearnedPart::text);
  return part == parts.end() ? 0 : part->weight;
}

}  // namespace

TEST_CASE("words that ads have oftener speak for an ad, those of other posts against") {
  const auto learned = learn_vocabulary(elephant_ads(), {.language = "en", .without = {}});
  CHECK(weight_of(learned, "elep") > 500);
  CHECK(weight_of(learned, "why") < -500);
  CHECK(std::abs(weight_of(learned, "the")) < weight_of(learned, "elep") / 2);
  CHECK(learned.passages == 48);
}

TEST_CASE("a word of one channel tells nothing, nor one that was left out by hand") {
  const auto learned = learn_vocabulary(elephant_ads(), {.language = "en", .without = {"elep"}});
  CHECK(weight_of(learned, "sadd") == 0);
  CHECK(weight_of(learned, "elep") == 0);
}

TEST_CASE(
    "what was learned before is where learning goes on, and stays where nothing new is seen") {
  const WeighedParts earlier = {
      .base = -300,
      .parts = {{.text = "elep", .weight = -900, .rarity = 1700, .posts = 5},
                {.text = "tige", .weight = 700, .rarity = 5000, .posts = 9, .speaking = 8}}};
  constexpr double kStrong = 0.01;
  const auto learned =
      learn_vocabulary(elephant_ads(), {.language = "en", .l2 = kStrong, .earlier = earlier});
  const auto afresh = learn_vocabulary(elephant_ads(), {.language = "en", .l2 = kStrong});

  CHECK(weight_of(learned, "tige") == 700);
  CHECK(weight_of(learned, "elep") > -900);
  CHECK(weight_of(learned, "elep") < weight_of(afresh, "elep"));
  const auto elephant = std::ranges::find(learned.weighed.parts, "elep", &LearnedPart::text);
  CHECK(elephant->posts == 5 + 24);
  CHECK(elephant->speaking == 24);
  CHECK(learn_vocabulary({}, {.language = "en", .earlier = earlier}).weighed.base == -300);
}

TEST_CASE("words of knowledge are told by Q&A against news, and promotions teach none") {
  const auto posts = posts_of_six_channels([](const auto& add, const std::string& end) {
    add("it should be\n\nwhy it should " + end, Label::qa);
    add("it was yesterday " + end, Label::other);
    add("elephant yesterday " + end, Label::ad);
  });
  const auto learned = learn_vocabulary(posts, knowledge_plan("en"));
  CHECK(weight_of(learned, "shou") > 0);
  CHECK(weight_of(learned, "yest") < 0);
  CHECK(weight_of(learned, "elep") == 0);
  CHECK(learned.passages == 48);
  CHECK(learned.l2 == knowledge_plan("en").l2);
}

TEST_CASE("a vocabulary is of one language, and says how it does on channels held out") {
  CHECK(learn_vocabulary(elephant_ads(), {.language = "ru"}).weighed.parts.empty());
  const auto learned = learn_vocabulary(elephant_ads(), {.language = "en", .without = {}});
  const auto best = std::ranges::min_element(learned.path, {}, &VocabularyPoint::loss);
  REQUIRE(best != learned.path.end());
  CHECK(best->loss < 0.3);
  CHECK(best->l2 == learned.l2);
}
