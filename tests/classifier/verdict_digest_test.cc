// What no version or number in the fingerprint tells must not change a verdict: docs/classifier.md,
// 6.
#include <fstream>

#include <nlohmann/json.hpp>

#include "base/sha256.h"
#include "classifier/classifier.h"
#include "classifier/plain_post.h"
#include "rule_pack_sample.h"
#include "support/catch.h"
#include "support/shipped_packs.h"

namespace {

using namespace qanat;
using namespace qanat::classifier;

constexpr std::string_view kTerms = "8cd1d63fac505b92";
constexpr std::string_view kPosts = "99dd78ac1af424e6";
constexpr std::string_view kVerdicts = "106538b5a254eb57";

/// Posts in which steps meet what is hard for them.
const std::vector<std::string> kTraps{
    "Что выведет код?\n\nx = 5\nfor i in range(x):\n    print(i)\n\nОтвет: 0 1 2 3 4",
    "go to our channel and subscribe, 50% off all courses until Friday: https://example.com/sale",
    "private lessons of English;\nnative speakers;\n\nJoin now @english_school",
    "SELECT *\nFROM users\nWHERE age > 18\n\nWhat does it return?",
    "ВНИМАНИЕ! СКИДКИ НА ВСЕ КУРСЫ\n\n- Python\n- Go https://example.com/go\n- SQL\n\n@uroki_koda",
    "Почему небо синее?\n\nПотому что свет рассеивается.\n\n____\n\nКурс физики, скидка 30%: "
    "example.com",
    "Вопрос: что такое GIL?\nОтвет: блокировка.\n\nУроки кода | Чат | Подписаться",
    "Question 3. How do I sort a list?\n\nUse sorted(prices).\n\nJoin our course, 50% off: "
    "example.com/go",
    "How do I sort a list?\n\nUse sorted(prices), because it returns a new list.\n\nЗаписывайтесь "
    "на "
    "курс, скидка 30% по промокоду PY30: school.example/join",
    "Was ist ein Generator? Eine Funktion, die mit yield Werte liefert.\n\nMelde dich zum Kurs an, "
    "50% Rabatt mit dem Code PY30: example.de/kurs",
    "Що таке генератор? Це функція, яка повертає значення по черзі, бо має yield.",
    "Кyпи кypс сo скидкoй! Прoмoкoд: GO\u200B50 👇\n\nhttps://example.ru/?erid=2VtzqwQabc1",
    "🔥 Новый выпуск.\n\n• Что нового\n• Что старого\n\n📌 Читать: https://example.ru/a\n\n👍74",
    "Кстати, у нас есть курс о потоках: скидка 20%, приходите.\n\nПоток — часть процесса. Потоки "
    "делят память, потому что живут в одном адресном пространстве. Например, куча у них общая.\n\n"
    "Чем поток отличается от процесса, спросят на любом собеседовании.",
    "#вопрос #python\n\nЗачем нужен with?\n\n➖➖➖\n\nОн закрывает файл.\n\n#ответ",
    "Зимой котёл шумит сильнее.\n\nОбсудить заметку вместе",
    "\n\n  \n@dev_notes\n",
    ""};

/// One rule of each kind, a few that count lines and characters, and words of both languages.
std::vector<PackFile> small_pack() {
  const auto active =
      [](const std::string& id, const std::string& label, int weight, const std::string& lines) {
        const std::string most = std::to_string(weight < 0 ? -9000 : 9000);
        return "[[rule]]\nid = '" + id + "'\ntitle = 't'\nwhy = 'w'\nstatus = 'active'\nlabel = '" +
               label + "'\nweight = { init = " + std::to_string(weight) +
               (weight < 0 ? ", min = " + most + ", max = 0 }\n"
                           : ", min = 0, max = " + most + " }\n") +
               lines + "\n";
      };
  std::vector<PackFile> files = test::pack_of(
      active("t.sale",
             "ad",
             2400,
             "any = ['скидк[а-я]*', 'промокод[а-я]*', '[0-9]+% off', 'rabatt']") +
      active("t.call",
             "ad",
             1500,
             "words = 'part'\nany = ['записывайтесь', 'приходите', 'join', 'subscribe']") +
      active("t.course",
             "ad",
             900,
             "any = ['курс[а-я]*', 'course[s]?', 'bootcamp', 'вебинар[а-я]*']") +
      active("t.link", "ad", 700, "in = ['link.host']\nany = ['example']") +
      active("t.aside", "ad", 300, "kind = 'aside'\nany = ['кстати']") +
      active("t.erid", "ad", 6000, "kind = 'disclosure'\nin = ['link.url']\nany = ['erid=']") +
      active("t.short", "ad", 200, "when = 'block.chars < 80 and block.ext_links >= 1'") +
      active("t.question",
             "qa",
             -1100,
             "kind = 'question'\nany = ['почему', 'зачем', 'чем отлича[а-я]*', 'how do i', 'what', "
             "'что такое']") +
      active(
          "t.because", "qa", -1600, "any = ['потому что', 'because', 'например', 'for example']") +
      active("t.code", "qa", -1700, "when = 'block.is_code == 1'") +
      active("t.news",
             "qa",
             -1300,
             "kind = 'other'\nany = ['новый выпуск', 'сообщил[а-я]*', 'announced']") +
      active("t.plain",
             "qa",
             -600,
             "kind = 'plain'\nwhen = 'block.ext_links == 0 and block.chars > 200'") +
      active("t.footer", "signature", 1800, "any = ['подписаться', 'uroki_koda']") +
      active("t.form",
             "signature",
             1200,
             "kind = 'form'\nwhen = 'block.from_end == 0 and block.chars <= 24'") +
      active("t.page", "boilerplate", 1500, "any = ['читать полностью', 'view in telegram']"));
  for (const std::string folder : {"ru/", "en/"}) {
    const bool russian = folder == "ru/";
    files.push_back(test::pack_file(folder, russian ? "['ru']" : "['en']"));
    files.push_back({.path = folder + "vocabulary.tsv",
                     .text = russian ? "*\t-900\nзапи\t2400\t4200\ncode\t-"
                                       "1200\t4300\nскид\t2900\t4700\nкурс\t1800\t3900\nпото\t"
                                       "-1500\t4100\nфунк\t-2100\t4400\nнапр\t-900\t3600\n"
                                     : "*\t-"
                                       "800\njoin\t2500\t4300\ncour\t1900\t4000\nkurs\t1600\t4200\n"
                                       "free\t1700\t3800\nlist\t"
                                       "-1400\t4100\nretu\t-2000\t4500\nused\t-700\t3300\n"});
    files.push_back(
        {.path = folder + "knowledge.tsv",
         .text = russian ? "*\t-300\nпото\t1500\t4100\nфунк\t1700\t4400\nвчер\t-1600\t4000\n"
                         : "*\t-400\nlist\t1300\t4100\nretu\t1600\t4500\nyest\t-1500\t4000\n"});
  }
  return files;
}

Post post_of(std::string text, const std::vector<std::string>& links = {}) {
  return post_from_text(*ChannelName::parse("uroki_koda"), 7, std::move(text), links);
}

std::vector<Post> hard_posts() {
  std::vector<Post> posts;
  for (const std::string& text : kTraps) posts.push_back(post_of(text));
  for (const auto* language : {"ru", "en"}) {
    std::ifstream file(test::golden_posts(language));
    REQUIRE(file);
    for (std::string line; std::getline(file, line);) {
      const auto row = nlohmann::json::parse(line);
      posts.push_back(post_of(row.at("text"), row.value("links", std::vector<std::string>{})));
    }
  }
  return posts;
}

/// A channel whose posts are signed, and one line that some have besides.
ChannelProfile signed_profile() {
  std::vector<Post> posts;
  std::string words = "Заметка";
  for (int i = 0; i < 40; ++i) {
    words += " о котле";
    const std::string talk = i % 4 == 0 ? "Обсудить заметку вместе\n\n" : "";
    posts.push_back(post_of(words + ".\n\n" + talk + "Уроки кода | Чат | Подписаться"));
  }
  return ChannelProfile::of(posts);
}

std::string told(Span span) {
  return std::to_string(span.begin) + "-" + std::to_string(span.end) + " ";
}

std::string told(const std::vector<RuleHit>& hits) {
  std::string out;
  for (const RuleHit& hit : hits) {
    out += hit.rule + " " + std::to_string(hit.weight) + " " + hit.note + "; ";
    if (hit.span) out += told(*hit.span);
  }
  return out;
}

template <class Number>
std::string name_of(Number value) {
  return std::to_string(static_cast<int>(value)) + " ";
}

std::string told(const Post& post, const Verdict& verdict) {
  std::string out = name_of(verdict.label) + name_of(verdict.outcome) +
                    name_of(verdict.ad_probability * 10'000) + told(verdict.post_hits);
  for (const BlockVerdict& block : verdict.blocks) {
    out += "\n" + told(block.span) + name_of(block.kind) + name_of(block.outcome) +
           name_of(block.score) + told(block.because) + told(block.against) + told(block.vetoed) +
           block.flip;
  }
  for (const Removed& part : verdict.removed) out += "\n" + told(part.span) + name_of(part.kind);
  const Normalized parts = normalize(post, verdict);
  return out + "\n" + parts.lang + "|" + parts.title + "|" + parts.question + "|" + parts.answer +
         "\n";
}

std::string short_digest(const std::string& text) { return sha256_hex(text).substr(0, 16); }

}  // namespace

TEST_CASE("a verdict changes only with a version or a number of the fingerprint", "[fingerprint]") {
  const auto rules = RuleSet::compile(small_pack(), PackChecks::reading);
  if (!rules) FAIL(rules.error().message);
  const Classifier judge(*rules);
  const ChannelProfile profile = signed_profile();
  std::string texts;
  std::string all;
  for (const Post& post : hard_posts()) {
    texts += post.text + "\n";
    all += told(post, judge.classify(post)) + told(post, judge.classify(post, profile));
  }
  const std::string terms = short_digest(decision_terms());
  const std::string posts = short_digest(texts);
  const std::string verdicts = short_digest(all);

  if (terms == kTerms && posts == kPosts && verdicts != kVerdicts) {
    FAIL(
        "the same posts are judged otherwise under the same fingerprint: raise the version of the "
        "step that you changed (segmenter, language, evidence, scoring, keeping, normalizer), then "
        "take the new digests");
  }
  INFO("take the new digests: terms " << terms << ", posts " << posts << ", verdicts " << verdicts);
  CHECK(terms == kTerms);
  CHECK(posts == kPosts);
  CHECK(verdicts == kVerdicts);
}
