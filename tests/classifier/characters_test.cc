#include "classifier/characters.h"

#include "classifier/homoglyphs.h"
#include "support/catch.h"

using namespace qanat::classifier;

TEST_CASE("letters of an alphabet are told from the signs among them", "[characters]") {
  for (const char32_t letter : {U'ж', U'Ё', U'і', U'ґ', U'ҙ'}) {
    CHECK(is_cyrillic(letter));
    CHECK(script_of(letter) == Script::cyrillic);
  }
  for (const char32_t letter : {U'z', U'É', U'ł'}) {
    CHECK(is_latin(letter));
    CHECK(script_of(letter) == Script::latin);
  }
  for (const char32_t other : {U'1', U'_', U'×', U'÷', U'҂', U'\u0483', U'α', U'日'}) {
    CHECK_FALSE(is_cyrillic(other));
    CHECK_FALSE(is_latin(other));
    CHECK(script_of(other) == Script::neither);
  }
}

TEST_CASE("a text of signs alone says nothing", "[characters]") {
  CHECK(holds_words("— 5!"));
  CHECK(holds_words("«日»"));
  CHECK_FALSE(holds_words("🔥 — ?!"));
  CHECK_FALSE(holds_words(""));
}

TEST_CASE("ornaments go at both ends of a line", "[characters]") {
  CHECK(undecorated("🔥 #sql — да 👉 ") == "#sql — да");
  CHECK(undecorated("🔥 — ").empty());
}
