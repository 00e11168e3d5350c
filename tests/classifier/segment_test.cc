#include "classifier/segment.h"

#include <random>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "classifier/lines.h"
#include "plain_sample.h"
#include "support/catch.h"

namespace {

using namespace qanat;
using classifier::Block;
using test::plain_post;

std::vector<std::string> texts(const Post& post) {
  std::vector<std::string> result;
  for (const Block& block : classifier::segment(post)) {
    result.push_back(post.text.substr(block.text.begin, block.text.size()));
  }
  return result;
}

void check_tiling(const Post& post) {
  std::size_t at = 0;
  for (const Block& block : classifier::segment(post)) {
    REQUIRE(block.span.begin == at);
    REQUIRE(block.span.end > at);
    REQUIRE(block.span.contains(block.text));
    at = block.span.end;
  }
  REQUIRE(at == post.text.size());
}

/// Pieces that have made segmenters stumble, in a random order.
std::string random_text(std::mt19937& random) {
  static const std::vector<std::string> pieces{
      "\n",        "\n\n",          " ",      "\t",
      "Слово",     "word",          "👉 ",    "— ",
      "1️⃣ ",        "@handle",       "#тег",   "https://example.ru/a",
      "def f(x):", "    return x",  "Ответ:", "1. ",
      "———",       "КУПИТЕ СЕЙЧАС", ".",      ":",
      "____",      "===",           "?",      "\xF0\x9F",
      "\xFF",      "\u200B",        "é"};
  std::uniform_int_distribution<std::size_t> pick(0, pieces.size() - 1);
  std::uniform_int_distribution<int> length(0, 40);
  std::string text;
  for (int i = length(random); i > 0; --i) text += pieces[pick(random)];
  return text;
}

}  // namespace

TEST_CASE("a marker is read behind ornaments, in any case, with its number", "[segment]") {
  using classifier::Marker;
  const auto marker_of = [](std::string_view line) { return classifier::read_marker(line).marker; };
  for (const char* line : {"❓ ВОПРОС №12: что", "Задача 7.", "квиз:", "Q: what", "q12. what"}) {
    CHECK(marker_of(line) == Marker::question);
  }
  for (const char* line :
       {"➡️ Ответ:", "Правильный ответ №1234 : да", "solution. x", "Пояснение:", "A: b"}) {
    CHECK(marker_of(line) == Marker::answer);
  }
  for (const char* line : {"", "Ответ", "Ответили: да", "Всё просто: да", "a.out", "👇"}) {
    CHECK(marker_of(line) == Marker::none);
  }
  CHECK(classifier::read_marker("Ответ: да, можно").rest == "да, можно");
}

TEST_CASE("blocks tile the text byte for byte, whatever it is", "[segment]") {
  check_tiling(plain_post("Один.\n\n\nДва.\n"));
  check_tiling(plain_post("\n\n  \nтекст"));
  check_tiling(plain_post(" \n "));
  std::mt19937 random(20250724);
  for (int i = 0; i < 3000; ++i) check_tiling(plain_post(random_text(random)));
}

TEST_CASE("an empty text has no blocks", "[segment]") {
  CHECK(classifier::segment(plain_post("")).empty());
}

TEST_CASE("a blank line parts blocks, and so does the end of a line's sentence", "[segment]") {
  CHECK(texts(plain_post("Строка без точки\nпродолжается.\nВторой абзац.\n\nТретий.")) ==
        std::vector<std::string>{"Строка без точки\nпродолжается.", "Второй абзац.", "Третий."});
}

TEST_CASE("a line stays with a sentence that goes on in it", "[segment]") {
  for (const std::string text :
       {"Индекс ускоряет поиск,\nкак пишет https://docs.example/sql в начале.",
        "Подробности ниже:\nстатья на https://docs.example/sql и другие.",
        "Подробности ниже 👇.\nСтатья о том же."}) {
    CAPTURE(text);
    CHECK(texts(plain_post(text)) == std::vector{text});
  }
}

TEST_CASE("an item with a link is parted from those without", "[segment]") {
  const auto post = plain_post(
      "Перед релизом:\n• миграции проверены;\n• метрики есть;\n• подпишитесь на @sre_friends;\n• "
      "откат "
      "описан.");

  CHECK(texts(post) ==
        std::vector<std::string>{"Перед релизом:\n• миграции проверены;\n• метрики есть;",
                                 "• подпишитесь на @sre_friends;",
                                 "• откат описан."});
}

TEST_CASE("items that all have links stay together", "[segment]") {
  const std::string text =
      "Читать: \n• обзор на https://docs.example/sql;\n• статья на https://docs.example/pg.";
  CHECK(texts(plain_post(text)) == std::vector{text});
}

TEST_CASE("a line with a colon keeps the list that it introduces", "[segment]") {
  const auto post = plain_post("Вступление без списка.\n\nЧто внутри:\n🔵 Первое\n🔵 Второе");

  CHECK(texts(post) ==
        std::vector<std::string>{"Вступление без списка.", "Что внутри:\n🔵 Первое\n🔵 Второе"});
}

TEST_CASE("a list after a sentence is a block of its own", "[segment]") {
  CHECK(texts(plain_post("Вот и весь рассказ.\n— раз, одно;\n— два, другое.")) ==
        std::vector<std::string>{"Вот и весь рассказ.", "— раз, одно;\n— два, другое."});
}

TEST_CASE("a drawn line parts blocks and sets off what stands behind it", "[segment]") {
  const auto post = plain_post("Рассказ.\n____________\nОбъявление о конференции.\n\nЕщё слова.");
  const auto blocks = classifier::segment(post);

  REQUIRE(blocks.size() == 4);
  CHECK(blocks[1].kind == BlockKind::separator);
  CHECK(!blocks[0].set_off);
  CHECK(blocks[2].set_off);
  CHECK(!blocks[3].set_off);
}

TEST_CASE("three strokes or more, and nothing else, are a drawn line", "[segment]") {
  for (const char* line : {"===", "~~~~~", "* * *", "— — —", "➖➖➖"}) {
    INFO(line);
    CHECK(classifier::segment(plain_post(std::string("Раз.\n") + line + "\nДва.")).at(2).set_off);
  }
  for (const char* line : {"__", "=== раз", "🔥🔥🔥"}) {
    INFO(line);
    for (const Block& block :
         classifier::segment(plain_post(std::string("Раз.\n") + line + "\nДва.")))
      CHECK(!block.set_off);
  }
}

TEST_CASE("of several drawn lines the last sets off, one above all text does not", "[segment]") {
  const auto twice = classifier::segment(plain_post("Раз.\n———\nДва.\n———\nТри."));
  const auto above = classifier::segment(plain_post("———\nРаз."));

  CHECK(!twice.at(2).set_off);
  CHECK(twice.at(4).set_off);
  CHECK(!above.at(1).set_off);
}

TEST_CASE("short loose lines at the end are blocks of their own", "[segment]") {
  const auto post = plain_post("Длинный ответ кончается точкой.\n\nКлуб знатоков SQL\n👍7\n3");

  CHECK(texts(post) == std::vector<std::string>{
                           "Длинный ответ кончается точкой.", "Клуб знатоков SQL", "👍7", "3"});
}

TEST_CASE("a handle behind the last sentence is a block of its own", "[segment]") {
  CHECK(texts(plain_post("Ставку не изменили, решил совет. @uroki_koda")) ==
        std::vector<std::string>{"Ставку не изменили, решил совет.", "@uroki_koda"});
}

TEST_CASE("code is one block, blank lines inside it included", "[segment]") {
  const auto post =
      plain_post("Смотрите:\n\ndef f(x):\n    return x\n\nprint(f(2))\n\nЭто печатает 2.");
  const auto blocks = classifier::segment(post);

  REQUIRE(blocks.size() == 3);
  CHECK(blocks[1].kind == BlockKind::code);
  CHECK(post.text.substr(blocks[1].text.begin, blocks[1].text.size()) ==
        "def f(x):\n    return x\n\nprint(f(2))");
}

TEST_CASE("a quote and preformatted text are blocks by their formatting", "[segment]") {
  Post post = plain_post("Он сказал:\nслова\nи ушёл.");
  const std::size_t at = post.text.find("слова");
  post.entities.push_back(
      {.kind = EntityKind::quote, .span = {at, at + std::string("слова").size()}, .value = {}});

  const auto blocks = classifier::segment(post);

  REQUIRE(blocks.size() == 3);
  CHECK(blocks[1].kind == BlockKind::quote);
}

TEST_CASE("question and answer markers begin blocks", "[segment]") {
  CHECK(texts(plain_post("Вопрос: что выведет код?\nОтвет: 4, потому что счёт с нуля.")) ==
        std::vector<std::string>{"Вопрос: что выведет код?", "Ответ: 4, потому что счёт с нуля."});
}
