#include "classifier/language.h"

#include "support/catch.h"

using qanat::classifier::language_of;

TEST_CASE("Russian with much Latin in it is Russian", "[language]") {
  CHECK(language_of("Функция map() в Python применяет lambda к каждому элементу списка") == "ru");
  CHECK(language_of("Как работает git rebase --interactive?") == "ru");
}

TEST_CASE("code does not vote on the language", "[language]") {
  CHECK(language_of("Что выведет код?\n\nimport json\nprint(json.dumps({'a': 1}))\n") == "ru");
}

TEST_CASE("English is English, however short", "[language]") {
  CHECK(language_of("How do I undo the last commit without losing my changes?") == "en");
  CHECK(language_of("Tip of the day") == "en");
}

TEST_CASE("other languages and texts without words are other", "[language]") {
  CHECK(language_of("Сьогодні у Києві відкрили нову станцію метро, повідомляє міська влада") ==
        "other");
  CHECK(language_of("Der schnelle braune Fuchs springt über den faulen Hund und läuft weiter") ==
        "other");
  CHECK(language_of("👍👍 123") == "other");
  CHECK(language_of("") == "other");
}
