#include "classifier/classifier.h"

#include <algorithm>
#include <map>

#include "base/sha256.h"
#include "classifier/engine.h"
#include "classifier/keeping.h"
#include "classifier/language.h"
#include "classifier/normalize.h"
#include "classifier/overlap.h"
#include "classifier/profile_evidence.h"
#include "classifier/vocabulary.h"
#include "plain_sample.h"
#include "rule_pack_sample.h"
#include "support/catch.h"
#include "support/shipped_packs.h"

namespace {

using namespace qanat;
using namespace qanat::classifier;
using test::plain_post;
using test::shipped_classifier;

const char* const kActive =
    "status = 'active'\nwhy = 'test'\nmatch = ['иди, купи']\nno_match = ['стой']\n";

std::string kept(const Post& post, const Verdict& verdict) {
  std::string result;
  std::size_t at = 0;
  for (const Removed& part : verdict.removed) {
    result.append(post.text, at, part.span.begin - at);
    at = part.span.end;
  }
  return result.append(post.text, at);
}

const char* const kThreadAnswer =
    "❓ Чем отличается поток от процесса?\n\n"
    "Процесс — это программа со своей памятью, а поток — часть процесса. "
    "Например, потоки делят общую кучу, потому что живут в одном адресном пространстве.";

const char* const kPromotion =
    "Хотите разобраться глубже? Приходите на наш курс по операционным системам: "
    "скидка 30% по промокоду POTOK до 12 мая.";

}  // namespace

TEST_CASE("an answer is kept whole", "[classifier]") {
  const Verdict verdict = shipped_classifier().classify(plain_post(kThreadAnswer));

  CHECK(verdict.label == Label::qa);
  CHECK(verdict.outcome == Outcome::clean);
  CHECK(verdict.removed.empty());
}

TEST_CASE("what a composite absorbed or an override made weightless is shown as held back",
          "[classifier]") {
  auto files =
      test::pack_of(test::rule("cta.go", "any = ['иди']\n" + std::string(kActive)) +
                    test::rule("cta.buy", "any = ['купи']\n" + std::string(kActive)) +
                    "[[composite]]\nid = 'combo.a'\nlabel = 'ad'\nweight = { init = 700 }\n"
                    "expr = 'any(cta.go)'\nabsorbs = ['cta.go']\n" +
                    kActive);
  files.push_back({.path = "channels/uroki_koda.toml",
                   .text = "[[override]]\nrule = 'cta.buy'\nweight = 0\nreason = 'a shop'\n"});
  const Classifier classifier(test::compiled(files));

  const BlockVerdict block = classifier.classify(plain_post("иди, купи")).blocks.front();

  REQUIRE(block.vetoed.size() == 2);
  CHECK(block.vetoed[0].note == "absorbed by combo.a");
  CHECK(test::has(block.vetoed[1].note, "a shop"));
  CHECK(std::ranges::count(block.because, 0, &RuleHit::weight) == 0);
}

TEST_CASE("what matches the whole post says whether it counts", "[classifier]") {
  const std::string in_post = "in = ['post']\nany = ['иди']\n";
  const std::string shadow = "status = 'shadow'\n";
  auto files = test::pack_of(
      test::rule("p.counts", "in = ['post']\nany = ['иди']\n" + std::string(kActive)) +
      test::rule("p.watches", in_post + shadow) +
      test::rule("p.vetoed", in_post + "none = ['иди']\n" + shadow) +
      test::rule("p.unmet", in_post + "when = 'post.chars > 99'\n" + shadow) +
      test::rule("p.off", "in = ['post']\nany = ['купи']\n" + std::string(kActive)));
  files.push_back({.path = "channels/uroki_koda.toml",
                   .text = "[[override]]\nrule = 'p.off'\nweight = 0\nreason = 'a shop'\n"});

  const Verdict verdict = Classifier(test::compiled(files)).classify(plain_post("иди, купи"));

  std::map<std::string, HitEffect> effects;
  for (const RuleHit& hit : verdict.post_hits) effects[hit.rule] = hit.effect;
  CHECK(effects == std::map<std::string, HitEffect>{{"p.counts", HitEffect::counts},
                                                    {"p.watches", HitEffect::watches},
                                                    {"p.vetoed", HitEffect::held_back},
                                                    {"p.unmet", HitEffect::unmet},
                                                    {"p.off", HitEffect::held_back}});
}

TEST_CASE("a promotion of a course goes as a whole", "[classifier]") {
  const Verdict verdict = shipped_classifier().classify(plain_post(kPromotion));

  CHECK(verdict.label == Label::ad);
  CHECK(verdict.outcome == Outcome::ad_only);
  CHECK(verdict.ad_probability > 0.95);
}

TEST_CASE("a promotion below an answer is cut out, the footer too", "[classifier]") {
  const Post post = plain_post(std::string(kThreadAnswer) + "\n\n" + kPromotion +
                               "\n\n📡 Уроки кода — Подписаться");

  const Verdict verdict = shipped_classifier().classify(post);

  CHECK(verdict.label == Label::mixed);
  CHECK(verdict.outcome == Outcome::stripped);
  REQUIRE(verdict.removed.size() == 2);
  CHECK(verdict.removed[0].kind == RemovedKind::ad);
  CHECK_FALSE(verdict.removed[0].rules.empty());
  CHECK(verdict.removed[1].kind == RemovedKind::signature);
  CHECK(kept(post, verdict).starts_with(kThreadAnswer));
}

TEST_CASE("a promotion is cut out of an answer in another language", "[classifier]") {
  const auto kept_of = [](const std::string& answer, const std::string& promotion) {
    const Post post = plain_post(answer + "\n\n" + promotion);
    const Verdict verdict = shipped_classifier().classify(post);
    CHECK(verdict.label == Label::mixed);
    return kept(post, verdict);
  };
  const std::string english =
      "How do I sort a dictionary by its values?\n\nPass a key: sorted(prices.items(), key=lambda "
      "pair: pair[1]) returns the pairs in the order of their second elements.";
  CHECK(
      kept_of(english,
              "Записывайтесь на курс по Python, скидка 30 % по промокоду PY30: school.example/join")
          .starts_with(english));
  CHECK(kept_of(std::string(kThreadAnswer),
                "Join our Python bootcamp, 30% off with code PY30: school.example/join")
            .starts_with(kThreadAnswer));
}

TEST_CASE("kept and removed make the original, and removed parts are in order", "[classifier]") {
  for (const std::string& text : {std::string(kThreadAnswer) + "\n\n" + kPromotion,
                                  std::string(kPromotion),
                                  std::string("\n\n@dev_notes\n"),
                                  std::string("Реклама. ООО «Ромашка», erid: 2VtzqwQabc1")}) {
    const Post post = plain_post(text);
    const Verdict verdict = shipped_classifier().classify(post);

    std::size_t removed = 0;
    std::size_t at = 0;
    for (const Removed& part : verdict.removed) {
      CHECK(part.span.begin >= at);
      CHECK(part.span.end <= post.text.size());
      at = part.span.end;
      removed += part.span.size();
    }
    CHECK(kept(post, verdict).size() + removed == post.text.size());
  }
}

TEST_CASE("the law's own words make an ad of a post in the voice of news", "[classifier]") {
  const Verdict verdict = shipped_classifier().classify(plain_post(
      "Банк представил сервис для продавцов.", {"https://example.ru/s?erid=2VtzqwQabc1"}));

  CHECK(verdict.label == Label::ad);
}

TEST_CASE("a question about advertising is a question", "[classifier]") {
  CHECK(
      shipped_classifier()
          .classify(plain_post("Почему рекомендательные системы подсовывают рекламу?\n\n"
                               "Потому что модель учится на кликах: она возвращает то, что чаще "
                               "нажимают. Например, скидка 50% соберёт больше кликов, чем статья."))
          .label == Label::qa);
}

TEST_CASE("a signature alone never makes a post an ad", "[classifier]") {
  const Verdict verdict = shipped_classifier().classify(
      plain_post("В городе открыли новую станцию метро.\n\n👉 Город сегодня. Подписаться"));

  CHECK(verdict.label == Label::other);
  CHECK(verdict.outcome == Outcome::stripped);
}

TEST_CASE("the same post gives the same verdict under the same fingerprint", "[classifier]") {
  const Classifier again(RuleSet::compile(test::shipped_packs(), PackChecks::reading).value());

  CHECK(again.fingerprint() == shipped_classifier().fingerprint());
  CHECK(again.fingerprint().starts_with("sha256:"));
  CHECK(again.classify(plain_post(kPromotion)) ==
        shipped_classifier().classify(plain_post(kPromotion)));
}

TEST_CASE("the fingerprint covers the version of each step and the numbers it measures by",
          "[classifier]") {
  const std::string terms = " " + decision_terms();
  const auto tells = [&terms](const std::string& name, std::int64_t number) {
    return terms.find(" " + name + "=" + std::to_string(number) + " ") != std::string::npos;
  };

  CHECK(tells("segmenter", kSegmenterVersion));
  CHECK(tells("language", kLanguageVersion));
  CHECK(tells("evidence", kEvidenceVersion));
  CHECK(tells("most_counted", kMostCounted));
  CHECK(tells("overlap", kOverlapDivisor));
  CHECK(tells("passage_prior", kPassagePrior));
  CHECK(tells("scoring", kScoringVersion));
  CHECK(tells("keeping", kKeepingVersion));
  CHECK(tells("normalizer", kRecordNormalizerVersion));
  const auto numbers = static_cast<std::size_t>(std::ranges::count(terms, ','));
  CHECK(numbers * sizeof(std::int32_t) ==
        sizeof(Thresholds) + sizeof(KeepingThresholds) + sizeof(ProfileThresholds));
  CHECK(shipped_classifier().fingerprint() ==
        "sha256:" + sha256_hex("pack=" + shipped_classifier().rules().pack_hash() + terms));
}

TEST_CASE("a quiz poll is a question with its answer", "[classifier]") {
  Post post = plain_post("");
  post.poll = Poll{.question = "Что напечатает код?",
                   .type = "Anonymous Quiz",
                   .voters_text = {},
                   .options = {}};

  CHECK(shipped_classifier().classify(post).label == Label::qa);
}

TEST_CASE("hostile texts get a verdict", "[classifier]") {
  std::string handles;
  for (int i = 0; i < 2000; ++i) handles += "@handle_x\n\n";
  CHECK(shipped_classifier().classify(plain_post(handles)).blocks.size() > 1000);
  CHECK(shipped_classifier().classify(plain_post(std::string(200000, 'a'))).label == Label::other);
  CHECK(shipped_classifier().classify(plain_post("\xFF\xFE купить \xF0\x9F")).blocks.size() == 1);
  CHECK(shipped_classifier().classify(plain_post("")).label == Label::other);
}

namespace {

/// Two rules that know the same words, and the weights given to them.
Classifier with_overlap(int heavy, int light) {
  const auto weighing = [](int weight) {
    return "status = 'active'\nmatch = ['Скидка по промокоду']\nno_match = ['Без слов']\nweight = "
           "{ "
           "init = " +
           std::to_string(weight) + ", min = 0, max = 8000 }\n";
  };
  return Classifier(test::compiled(test::pack_of(
      test::rule("t.heavy", "words = 'part'\nany = ['промокод[а-я]*']\n" + weighing(heavy)) +
      test::rule("t.light", "words = 'part'\nany = ['по промокод[а-я]*']\n" + weighing(light)))));
}

}  // namespace

TEST_CASE("what is said to flip a block flips it at weight 0, words told twice as well",
          "[classifier]") {
  const Post post = plain_post("Скидка по промокоду");

  const Verdict both = with_overlap(3000, 2900).classify(post);
  REQUIRE(both.blocks[0].outcome == BlockOutcome::ad);
  REQUIRE(with_overlap(0, 2900).classify(post).blocks[0].outcome == BlockOutcome::ad);
  CHECK(both.blocks[0].flip == "without t.heavy and t.light: keep");

  CHECK(with_overlap(3000, 900).classify(post).blocks[0].flip == "without t.heavy: keep");
}

TEST_CASE("a block that no one or two rules decide says so", "[classifier]") {
  std::string rules;
  for (const char* word : {"раз", "два", "три", "четыре"}) {
    rules +=
        test::rule("t." + std::to_string(rules.size()),
                   "any = ['" + std::string(word) + "']\nstatus = 'active'\nmatch = ['" + word +
                       "']\nno_match = ['ноль']\nweight = { init = 2500, min = 0, max = 8000 }");
  }
  const Classifier judge(test::compiled(test::pack_of(rules)));

  CHECK(judge.classify(plain_post("раз два три четыре")).blocks[0].flip ==
        "no one or two of the heaviest rules");
}
