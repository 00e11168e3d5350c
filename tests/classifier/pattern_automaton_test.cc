#include "classifier/pattern_automaton.h"

#include <limits>
#include <set>

#include <re2/re2.h>

#include "base/utf8.h"
#include "classifier/character_classes.h"
#include "classifier/views.h"
#include "rule_pack_sample.h"
#include "support/catch.h"

using namespace qanat::classifier;

namespace {

std::optional<PatternAutomaton> automaton_of(std::string_view pattern) {
  const auto tree = parse_pattern(pattern);
  return tree ? PatternAutomaton::build(*tree) : std::nullopt;
}

/// What RE2 says of a match that begins there.
class ByRe2 {
 public:
  explicit ByRe2(const std::string& pattern) : pattern_(pattern, options()) {}

  [[nodiscard]] std::optional<std::size_t> longest(const std::string& text,
                                                   std::size_t begin) const {
    re2::StringPiece found;
    if (!pattern_.Match(text, begin, text.size(), RE2::ANCHOR_START, &found, 1)) {
      return std::nullopt;
    }
    return begin + found.size();
  }

 private:
  static RE2::Options options() {
    RE2::Options chosen;
    chosen.set_longest_match(true);
    return chosen;
  }

  RE2 pattern_;
};

std::optional<std::size_t> longest(const PatternAutomaton& automaton,
                                   const std::string& text,
                                   std::size_t begin,
                                   bool ends_word = false) {
  std::size_t tries = std::numeric_limits<std::size_t>::max();
  const NumberedText numbered(text);
  const auto end =
      automaton.longest_match(numbered, numbered.character_from(begin), ends_word, tries);
  return end ? std::optional(numbered.byte_of(*end)) : std::nullopt;
}

bool begins_character(const std::string& text, std::size_t at) {
  return !qanat::utf8::is_tail(text[at]);
}

}  // namespace

TEST_CASE("the positions of a pattern find the match that RE2 finds", "[patterns]") {
  const std::vector<std::string> patterns{"кот",
                                          "к|ко|кот",
                                          "ко?т?",
                                          "(к|о)+т",
                                          "(к(о(т)*)+)+",
                                          "ко*(т|$)",
                                          "(^|т)ко",
                                          "(^к|^о|т)+",
                                          "к{2,3}о",
                                          "(ко){1,}т?",
                                          "(ко|от){0,2}к",
                                          "к{0}о",
                                          "[к-о]+[^к]",
                                          "[^а-я]к.{1,3}",
                                          ".о\\.?",
                                          "(к?о?т?)!",
                                          "к[]-]о|[\\]!.]+",
                                          "(?:к|o){2}",
                                          "к+?о",
                                          "кот$|о",
                                          "\\dк|[\\dо]т",
                                          "(|к)о(т|)(\\n|!)",
                                          "(к?о?){2,3}т",
                                          "(^|к){0,2}о",
                                          "к.{0,3}т.{2,4}о",
                                          "(к|о[кт]{1,3}){2,4}!"};
  for (const std::string& pattern : patterns) {
    const auto automaton = automaton_of(pattern);
    INFO(pattern);
    REQUIRE(automaton);
    const ByRe2 by_re2(pattern);
    std::size_t found = 0;
    for (unsigned seed = 1; seed <= 60; ++seed) {
      const std::string written = qanat::test::random_text(
          seed, 100, {"к", "о", "т", "ко", "от", "кот", "!", ".", "\n", "1", "я", "🐈"});
      const std::string text = fold_view(written).text();
      const NumberedText numbered(text);
      for (std::size_t at = 0; at < text.size(); ++at) {
        if (!begins_character(text, at)) continue;
        INFO(text << " from " << at);
        const auto end = by_re2.longest(text, at);
        REQUIRE(longest(*automaton, text, at) == end);
        CHECK((!end || automaton->may_begin_with(numbered, numbered.character_from(at))));
        CHECK((!end || at == 0 || !automaton->begins_with_text()));
        found += end ? 1 : 0;
      }
    }
    CHECK(found > 0);
  }
}

TEST_CASE("the longest match that ends no word is passed over for a shorter one that does",
          "[patterns]") {
  const auto automaton = automaton_of("кот( на)?");
  REQUIRE(automaton);
  CHECK(longest(*automaton, "кот нашел", 0) == std::string("кот на").size());
  CHECK(longest(*automaton, "кот нашел", 0, true) == std::string("кот").size());
  CHECK_FALSE(longest(*automaton, "коты", 0, true));
}

TEST_CASE("patterns that may match nothing, or are too long, have no automaton", "[patterns]") {
  for (const char* pattern :
       {"", "к*", "(к|о?)", "^", "к|$", "к{1000}к{1000}", "(к?|о){600}т", "(^|к){2}о"}) {
    INFO(pattern);
    CHECK_FALSE(automaton_of(pattern));
  }
}

TEST_CASE("an automaton without tries left says nothing", "[patterns]") {
  const auto automaton = automaton_of("[а-я]+");
  REQUIRE(automaton);
  std::size_t tries = 3;
  CHECK_FALSE(automaton->longest_match(NumberedText("слово"), 0, false, tries));
  CHECK(tries == 0);
}

TEST_CASE("an automaton knows what no match begins with, and which begin with the text alone",
          "[patterns]") {
  const auto anchored = automaton_of("^к|^[о-т]$");
  REQUIRE(anchored);
  CHECK(anchored->begins_with_text());
  CHECK(anchored->may_begin_with(NumberedText("т"), 0));
  CHECK_FALSE(anchored->may_begin_with(NumberedText("я"), 0));
  const auto either = automaton_of("(^|!)к");
  REQUIRE(either);
  CHECK_FALSE(either->begins_with_text());
}

TEST_CASE("characters of one class are in the same sets", "[patterns]") {
  CharacterSet some{U'a', U'f'};
  some.add(U'б', U'д');
  some.add(0x1F600, 0x1F64F);
  const std::vector<CharacterSet> sets{some, {U'c', U'x'}, some.complement(), {U'\n', U'\n'}};
  const CharacterClasses classes(sets);
  std::set<std::size_t> numbers;
  for (const char32_t each :
       {U'\0', U'\n', U'a', U'b', U'c', U'g', U'z', U'а', U'б', U'я', U'ё', U'€', U'😀', U'🐈'}) {
    const std::size_t number = classes.of(each);
    numbers.insert(number);
    for (const CharacterSet& set : sets) {
      CHECK(set.contains(each) == set.contains(classes.example(number)));
    }
  }
  CHECK(numbers.size() == classes.size());
}

TEST_CASE("sets that tell too many characters apart have no classes", "[patterns]") {
  std::vector<CharacterSet> sets;
  for (char32_t each = 0; each < CharacterClasses::kMostClasses; ++each) {
    sets.emplace_back(U'а' + each, U'а' + each);
  }
  CHECK(CharacterClasses(sets).size() == 0);
}
