#include "classifier/division.h"

#include <algorithm>
#include <array>
#include <vector>

#include "classifier/classifier.h"
#include "classifier/plain_post.h"
#include "rule_pack_sample.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::classifier;
using namespace qanat::test;

namespace {

constexpr std::array kThree{Passage{.block = 0, .chars = 120},
                            Passage{.block = 1, .chars = 120},
                            Passage{.block = 3, .chars = 120}};

/// What words say around the beginnings of three passages; the first of them has nothing above.
std::vector<WordsAround> around(WordsAround second, WordsAround third) {
  return {WordsAround{}, second, third};
}

constexpr WordsAround kLessonAbove{
    .offer_above = -3000, .offer_below = 2000, .lesson_above = 500, .lesson_below = -500};
constexpr WordsAround kLessonBelow{
    .offer_above = 2000, .offer_below = -3000, .lesson_above = -500, .lesson_below = 500};
constexpr WordsAround kLess{.offer_above = -2600, .offer_below = 1000};

PostEvidence divided(std::int32_t sign_of_offer) {
  PostEvidence post;
  post.blocks.resize(2);
  for (BlockEvidence& block : post.blocks) block.chars = 200;
  post.blocks[1].ad.push_back({.rule = 0, .weight = sign_of_offer});
  post.division =
      Division{.begin = 1, .end = 2, .offer_words = 2000, .rest_words = -3000, .lesson = 500};
  return post;
}

Decision decided(const PostEvidence& post) {
  return decide(post,
                std::vector<RuleInfo>{{.id = "a.sign"}, {.id = "a.mark", .kind = "disclosure"}});
}

}  // namespace

TEST_CASE("a post is divided where the words above and below differ most", "[division]") {
  const auto below = find_division(kThree, around(kLess, kLessonAbove));
  REQUIRE(below);
  CHECK(below->begin == 3);
  CHECK(below->end == 4);
  CHECK(below->offer_words == 2000);
  CHECK(below->rest_words == -3000);
  CHECK(below->lesson == 500);

  const auto above = find_division(kThree, around(kLess, kLessonBelow));
  REQUIRE(above);
  CHECK(above->begin == 0);
  CHECK(above->end == 2);
}

TEST_CASE("a post is not divided whose rest sounds like an offer, or like news", "[division]") {
  WordsAround offer = kLessonAbove;
  offer.offer_above = -2000;
  CHECK(!find_division(kThree, around(kLess, offer)));

  WordsAround news = kLessonAbove;
  news.lesson_above = -1;
  CHECK(!find_division(kThree, around(kLess, news)));
}

TEST_CASE("a post is not divided whose offer's words speak against one", "[division]") {
  CHECK(!find_division(kThree, around({}, {.offer_above = -6000, .offer_below = -1})));
}

TEST_CASE("few words do not divide a post", "[division]") {
  const std::array tail{Passage{.block = 0, .chars = 300}, Passage{.block = 1, .chars = 39}};
  const std::array head{Passage{.block = 0, .chars = 99}, Passage{.block = 1, .chars = 300}};
  const std::vector<WordsAround> words{WordsAround{}, kLessonAbove};
  CHECK(!find_division(tail, words));
  CHECK(!find_division(head, words));
  CHECK(!find_division(std::span(head).first(1), words));
  CHECK(!find_division({}, {}));
}

TEST_CASE("the offer of a divided post is cut, at its score as a post of its own", "[division]") {
  const Decision decision = decided(divided(1500));

  CHECK(decision.label == Label::mixed);
  CHECK(decision.outcome == Outcome::stripped);
  CHECK(decision.blocks[0].outcome == BlockOutcome::keep);
  CHECK(decision.blocks[1].outcome == BlockOutcome::ad);
  CHECK(decision.blocks[1].score() == 1500 + 2000 - kThresholds.post_bias);
  CHECK(decision.blocks[1].part > 0);
}

TEST_CASE("words alone divide no post: rules must see a clear offer", "[division]") {
  const Decision decision = decided(divided(900));

  CHECK(decision.label == Label::other);
  CHECK(decision.blocks[1].outcome == BlockOutcome::keep);
  CHECK(decision.blocks[1].part == 0);
}

TEST_CASE("a disclosed offer beside a lesson goes to a person", "[division]") {
  PostEvidence post = divided(1500);
  post.blocks[1].ad.push_back({.rule = 1, .weight = 3000});

  const Decision decision = decided(post);
  CHECK(decision.label == Label::ad);
  CHECK(decision.outcome == Outcome::review);

  post.division.reset();
  CHECK(decided(post).outcome == Outcome::ad_only);
}

TEST_CASE("the verdict tells what divides a post", "[division]") {
  std::vector<PackFile> files = pack_of(
      rule("a.sign",
           "any = ['записывайтесь']\nstatus = 'active'\nmatch = ['записывайтесь']\nno_match = "
           "['нет']\nweight = { init = 1600, min = 0, max = 8000 }"));
  files.push_back(
      {.path = "vocabulary.tsv",
       .text = "курс\t400\t9000\nскид\t400\t9000\nинде\t-800\t9000\nтабл\t-800\t9000\n"});
  files.push_back({.path = "knowledge.tsv", .text = "инде\t1000\t9000\nтабл\t1000\t9000\n"});
  const Classifier judge(compiled(files));
  const std::string lesson =
      "Индекс нужен, чтобы таблица читалась не целиком: по индексу таблица сразу отдаёт нужные "
      "строки, и "
      "поиск становится быстрее";
  const std::string offer =
      "Записывайтесь: новый курс и скидка на прошлый курс, скидка до конца недели";

  const Verdict verdict = judge.classify(
      post_from_text(*ChannelName::parse("some_channel"), 1, lesson + "\n\n" + offer, {}));

  CHECK(verdict.label == Label::mixed);
  REQUIRE(verdict.blocks.size() == 2);
  const auto& because = verdict.blocks[1].because;
  const auto part = std::ranges::find(because, "ctx.part", &RuleHit::rule);
  REQUIRE(part != because.end());
  CHECK(part->note.contains("an offer as a post of its own: its words +"));
  CHECK(part->note.contains("those of the rest -"));
}
