#include "classifier/language.h"

#include <string>
#include <vector>

#include "classifier/plain_post.h"
#include "classifier/segment.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::classifier;

namespace {

std::vector<std::string> languages_of_blocks(const std::string& text) {
  const Post post = post_from_text(*ChannelName::parse("some_channel"), 1, text, {});
  const std::vector<Line> lines = split_lines(post.text);
  return languages_of(post.text, lines, segment(post, lines)).blocks;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("Russian with much Latin in it is Russian", "[language]") {
  CHECK(language_of("Функция map() в Python применяет lambda к каждому элементу списка") == "ru");
  CHECK(language_of("Как работает git rebase --interactive?") == "ru");
  CHECK(language_of("Зачем нужен deque?") == "ru");
}

TEST_CASE("code does not vote on the language", "[language]") {
  CHECK(language_of("Что выведет код?\n\nimport json\nprint(json.dumps({'a': 1}))\n") == "ru");
  CHECK(
      language_of("Ответ ниже\n\ndef total(prices: list[int]) -> int:\n    return sum(prices)\n") ==
      "ru");
}

TEST_CASE("addresses, handles and tags do not vote on the language", "[language]") {
  CHECK(language_of("Разбор: https://example.org/how-to-read-a-flame-graph-in-five-minutes "
                    "@flame_graphs #performance #profiling #linux") == "ru");
}

TEST_CASE("English is English, however short", "[language]") {
  CHECK(language_of("How do I undo the last commit without losing my changes?") == "en");
  CHECK(language_of("Tip of the day") == "en");
  CHECK(language_of("Merge sort") == "en");
}

TEST_CASE("a short Russian heading is not taken for a neighbour's language", "[language]") {
  CHECK(language_of("Топ библиотек") == "ru");
  CHECK(language_of("Код ревью") == "ru");
  CHECK(language_of("Шпаргалка") == "ru");
  CHECK(language_of("Привет") == "ru");
  CHECK(language_of("Тест на аккуратность нашли на одном из сайтов") == "ru");
}

TEST_CASE("the neighbours of Russian are other languages", "[language]") {
  CHECK(language_of("Сьогодні у Києві відкрили нову станцію метро, повідомляє міська влада") ==
        "other");
  CHECK(language_of("Що таке замикання в Python?") == "other");
  CHECK(language_of("Привіт") == "other");
  CHECK(language_of("Што такое рэкурсія і навошта яна патрэбна?") == "other");
  CHECK(language_of("Какво представлява рекурсията и кога се използва") == "other");
  CHECK(language_of("Шта је рекурзија и када се користи") == "other");
}

TEST_CASE("a Russian text may quote a foreign name", "[language]") {
  CHECK(language_of("Город Київ по-русски пишется «Киев», а слово «метро» в обоих языках одно и то "
                    "же, только читается чуть иначе") == "ru");
}

TEST_CASE("other languages and texts without words are other", "[language]") {
  CHECK(language_of("Der schnelle braune Fuchs springt über den faulen Hund und läuft weiter") ==
        "other");
  CHECK(language_of("再帰とは何ですか") == "other");
  CHECK(language_of("👍👍 123") == "other");
  CHECK(language_of("") == "other");
}

TEST_CASE("a block in the other alphabet has a language of its own", "[language]") {
  CHECK(languages_of_blocks(
            "Как отсортировать словарь по значению?\n\nВстроенной функцией sorted.\n\n"
            "Join our bootcamp for Python developers, it starts on Monday") == Names{"", "", "en"});
  CHECK(languages_of_blocks(
            "How do I sort a dictionary by its values?\n\nThe sorted function takes a key, "
            "which it calls for each of the pairs that the dictionary holds.\n\n"
            "Записывайтесь на курс по Python, места ещё есть") == Names{"", "", "ru"});
}

TEST_CASE("names and terms of another alphabet leave a block in the post's language",
          "[language]") {
  CHECK(languages_of_blocks("С чего начать:\n\nKubernetes, Helm").empty());
  CHECK(languages_of_blocks("Что выведет код?\n\nfrom collections import "
                            "Counter\nprint(Counter(words).most_common(3))")
            .empty());
  CHECK(languages_of_blocks("A tour of Saint Petersburg, from its main station to the sea, in an "
                            "afternoon\n\nНевский проспект")
            .empty());
}
