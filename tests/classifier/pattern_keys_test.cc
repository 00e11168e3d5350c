#include "classifier/pattern_keys.h"

#include "base/utf8.h"
#include "support/catch.h"

using namespace qanat::classifier;

namespace {

using Place = PatternKeys::Place;
using Strings = std::vector<std::string>;

PatternKeys keys_of(std::string_view pattern, bool begins_word) {
  const auto tree = parse_pattern(pattern);
  return tree ? qanat::classifier::keys_of(*tree, begins_word) : PatternKeys{};
}

}  // namespace

TEST_CASE("a pattern of a few strings is known by them alone", "[patterns]") {
  const PatternKeys keys = keys_of("купи(ть|те)?|[вл]от( да)?", true);
  CHECK(keys.place == Place::near);
  CHECK(keys.complete);
  CHECK(keys.strings == Strings{"вот", "вот да", "купи", "купите", "купить", "лот", "лот да"});
}

TEST_CASE("a pattern that goes on in many ways is looked for at its beginning", "[patterns]") {
  const PatternKeys keys = keys_of("подпи(сывай|ши)[а-я]*( на наш)* канал", true);
  CHECK(keys.place == Place::near);
  CHECK_FALSE(keys.complete);
  CHECK(keys.strings == Strings{"подписывай", "подпиши"});
  CHECK_FALSE(keys_of("канал$", false).complete);
}

TEST_CASE("what may stand between is left out or begun with", "[patterns]") {
  CHECK(keys_of("забери (свой |наш )*подарок[а-я]*", true).strings ==
        Strings{"забери наш ", "забери подарок", "забери свой "});
}

TEST_CASE("a pattern with an open beginning is looked for by what it must hold", "[patterns]") {
  const PatternKeys keys = keys_of("[а-я]+ (канал|чат)[а-я]*", true);
  CHECK(keys.place == Place::near);
  CHECK(keys.strings == Strings{" канал", " чат"});
  CHECK(keys_of("[0-9]{1,3} ?(₽|руб)", true).strings == Strings{"руб", "₽"});
  CHECK(keys_of("@[a-z]+", false).strings == Strings{"@"});
}

TEST_CASE("what may stand before a key is known, and how much of it", "[patterns]") {
  const MatchPart endless = keys_of("[а-я]+ (канал|чат)", true).before;
  CHECK(endless.most == PatternNode::kWithoutEnd);
  CHECK(endless.characters.contains(U'б'));
  CHECK_FALSE(endless.characters.contains(U' '));
  const MatchPart few = keys_of("(^|!)[0-9]{1,3}(,[0-9])? ?руб", false).before;
  CHECK(few.most == 7);
  CHECK(few.characters.size() == 13);
  CHECK(keys_of("купи(ть)?[а-я]*", true).before.most == 0);
}

TEST_CASE("of what holds nothing for certain nothing is known", "[patterns]") {
  for (const char* pattern :
       {"[а-я]+", "(канал)?", "канал|[а-я]+", "(?i)канал", "\\bканал", "(", ""}) {
    INFO(pattern);
    CHECK(keys_of(pattern, true).place == Place::unknown);
    CHECK(keys_of(pattern, true).strings.empty());
  }
}

TEST_CASE("one letter is no beginning, unless it must begin a word", "[patterns]") {
  CHECK(keys_of("я", true).place == Place::near);
  CHECK(keys_of("я", false).place == Place::somewhere);
}

TEST_CASE("however many ways there are to begin, the keys stay few and short", "[patterns]") {
  std::string pattern = "(";
  for (char32_t first = U'а'; first <= U'я'; ++first) {
    for (const char* rest : {"один", "два", "три", "четыре", "пять", "шесть", "семь"}) {
      qanat::utf8::append(pattern, first);
      pattern += rest;
      pattern += '|';
    }
  }
  pattern.back() = ')';
  const PatternKeys keys = keys_of(pattern + pattern, true);
  CHECK(keys.place == Place::near);
  CHECK(keys.strings.size() <= kMostKeys);
  CHECK(keys_of(std::string(1000, 'a'), true).strings == Strings{std::string(kLongestKey, 'a')});
  CHECK(keys_of(std::string(1000, '(') + std::string(1000, ')'), true).place == Place::unknown);
}

TEST_CASE("parts that may be left out do not multiply the ways to begin", "[patterns]") {
  const std::string pattern =
      "[0-9., ]*(q[a-d]|w)?[a-h]( ab| cd)?x[а-я]*[a-h][0-9] ?( ab| cd)?(aa|bb|cc|dd|ee)(y|z)?"
      "(q[a-d]|w)?(aa|bb|cc|dd|ee)";
  CHECK(keys_of(pattern + pattern, true).strings.size() <= kMostKeys);
}
