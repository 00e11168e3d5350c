#include "classifier/normalize.h"

#include "classifier/classifier.h"
#include "classifier/plain_post.h"
#include "support/catch.h"

namespace {

using namespace qanat;
using classifier::is_question_like;
using classifier::normalize;

Post post_of(std::string text) {
  return classifier::post_from_text(*ChannelName::parse("uroki_koda"), 7, std::move(text), {});
}

Verdict kept() { return {}; }

Verdict without(const Post& post, std::string_view part, RemovedKind kind) {
  Verdict verdict;
  verdict.outcome = Outcome::stripped;
  const std::size_t at = post.text.find(part);
  verdict.removed.push_back({.span = {at, at + part.size()}, .kind = kind, .rules = {}});
  return verdict;
}

}  // namespace

TEST_CASE("a first line that asks is the question, the rest is the answer", "[normalize]") {
  const Normalized result =
      normalize(post_of("👉 Почему индексы ускоряют чтение\n\nПотому что дерево низкое."), kept());

  CHECK(result.lang == "ru");
  CHECK(result.question == "Почему индексы ускоряют чтение");
  CHECK(result.answer == "Потому что дерево низкое.");
  CHECK(result.title.empty());
}

TEST_CASE("markers say what is question and what is answer", "[normalize]") {
  const Normalized ru = normalize(
      post_of("Задача дня\n\nВопрос: чему равно 2+2?\n\nОтвет: 4\nПотому что так."), kept());
  CHECK(ru.title == "Задача дня");
  CHECK(ru.question == "чему равно 2+2?");
  CHECK(ru.answer == "4\nПотому что так.");

  const Normalized en = normalize(post_of("Q: What prints?\nA: Nothing."), kept());
  CHECK(en.question == "What prints?");
  CHECK(en.answer == "Nothing.");
}

TEST_CASE("a heading that asks nothing is the title", "[normalize]") {
  const Normalized result =
      normalize(post_of("🐍 Срезы списков\n\nСрез копирует часть списка."), kept());

  CHECK(result.title == "Срезы списков");
  CHECK(result.question.empty());
  CHECK(result.answer == "Срез копирует часть списка.");
}

TEST_CASE("a title is measured in characters and never cut, whatever its script", "[normalize]") {
  std::string heading;
  for (int i = 0; i < 25; ++i) heading += "Срезы ";
  heading += "списков";

  const Normalized result = normalize(post_of(heading + "\n\nСрез копирует."), kept());

  CHECK(result.title == heading);
}

TEST_CASE("what was removed is in no field, and leaves no hole", "[normalize]") {
  const Post post = post_of("Зачем нужен кеш?\n\nОн быстрее.\n\nКупите курс!\n\nИ дешевле.");

  const Normalized result = normalize(post, without(post, "Купите курс!", RemovedKind::ad));

  CHECK(result.answer == "Он быстрее.\n\nИ дешевле.");
}

TEST_CASE("the indentation of code survives", "[normalize]") {
  const Normalized result =
      normalize(post_of("Как написать функцию?\n\ndef f(x):\n    return x\n"), kept());

  CHECK(result.answer == "def f(x):\n    return x");
}

TEST_CASE("a post that goes as a whole offers nothing", "[normalize]") {
  Verdict verdict;
  verdict.outcome = Outcome::ad_only;

  const Normalized result = normalize(post_of("Почему мы? Купите!"), verdict);

  CHECK(result.question.empty());
  CHECK(result.answer.empty());
  CHECK(result.lang == "ru");
}

TEST_CASE("a poll asks its question with its options", "[normalize]") {
  Post post = post_of("Пояснение внизу.");
  post.poll = Poll{.question = "Что напечатает код?",
                   .type = "Anonymous Quiz",
                   .voters_text = {},
                   .options = {{.text = "1", .percent = {}}, {.text = "2", .percent = {}}}};

  const Normalized result = normalize(post, kept());

  CHECK(result.question == "Что напечатает код?\n— 1\n— 2");
  CHECK(result.answer == "Пояснение внизу.");
}

TEST_CASE("a line asks by its mark or by its opening, and a statement does not", "[normalize]") {
  CHECK(is_question_like("❓ Списки или кортежи?"));
  CHECK(is_question_like("Как работает сборщик мусора"));
  CHECK(is_question_like("What is a closure"));
  CHECK_FALSE(is_question_like("Как говорил классик, всё течёт."));
  CHECK_FALSE(is_question_like("Срезы списков"));
  CHECK_FALSE(is_question_like("👉👉"));
}
