#include "classifier/patterns.h"

#include <algorithm>
#include <random>

#include "base/utf8.h"
#include "rule_pack_sample.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::classifier;

namespace {

PatternSet set_of(View view, WordEdges edges, const std::vector<std::string>& patterns) {
  PatternSet set(view);
  for (const std::string& pattern : patterns) set.add(pattern, edges);
  set.compile();
  return set;
}

std::string found(WordEdges edges, const std::string& pattern, const std::string& text) {
  const PatternSet set = set_of(View::fold, edges, {pattern});
  const auto span = set.find(0, text, 0);
  return span ? text.substr(span->begin, span->size()) : "-";
}

/// "абба…", with a "в" now and then.
std::string letters(unsigned seed, std::size_t count) {
  std::mt19937 random(seed);
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += random() % 40 == 0 ? "в" : random() % 2 == 0 ? "а" : "б";
  }
  return text;
}

}  // namespace

TEST_CASE("a whole word is found between Cyrillic neighbours of any kind", "[patterns]") {
  CHECK(found(WordEdges::whole, "реклама", "это реклама тут") == "реклама");
  CHECK(found(WordEdges::whole, "реклама", "реклама") == "реклама");
  CHECK(found(WordEdges::whole, "реклама", "(реклама)") == "реклама");
  CHECK(found(WordEdges::whole, "реклама", "1реклама2") == "-");
  CHECK(found(WordEdges::whole, "реклама", "антиреклама") == "-");
  CHECK(found(WordEdges::start, "реклам", "все рекламы") == "реклам");
  CHECK(found(WordEdges::end, "реклама", "антиреклама") == "реклама");
  CHECK(found(WordEdges::part, "клам", "реклама") == "клам");
}

TEST_CASE("the longest of the leftmost alternatives is the match", "[patterns]") {
  CHECK(found(WordEdges::part, "скид|скидка", "скидка") == "скидка");
}

TEST_CASE("where the longest match ends inside a word, a shorter one that does not is taken",
          "[patterns]") {
  CHECK(found(WordEdges::whole, "скидка(?: на)?", "скидка наша") == "скидка");
  CHECK(found(WordEdges::whole, "скид(?:ка|ки)?", "скидками, скидки") == "скидки");
  CHECK(found(WordEdges::whole, "канал", "каналы, подканал") == "-");
}

TEST_CASE("a pattern out of memory for its states finds what it finds with ample memory",
          "[patterns]") {
  // One of a thousand states for each way to have met the last ten letters.
  const std::string pattern = "а[аб]{9}в";
  PatternSet narrow(View::fold, 1 << 16);
  narrow.add(pattern, WordEdges::part);
  narrow.compile();
  const PatternSet ample = set_of(View::fold, WordEdges::part, {pattern});

  std::size_t hits = 0;
  for (unsigned seed = 1; seed <= 20; ++seed) {
    const std::string text = letters(seed, 4000);
    const auto span = narrow.find(0, text, 0);
    CHECK(span == ample.find(0, text, 0));
    hits += span ? 1 : 0;
  }
  CHECK(hits > 0);
}

TEST_CASE("matches that follow one another share the blank between them", "[patterns]") {
  const PatternSet set = set_of(View::fold, WordEdges::whole, {"да"});
  const std::string text = "да да";
  const auto first = set.find(0, text, 0);
  REQUIRE(first);
  CHECK(set.find(0, text, first->end) == Span{5, 9});
}

TEST_CASE("the edges of a plain string are those of its words", "[patterns]") {
  CHECK(edges_for_literal("#реклама", WordEdges::whole) == WordEdges::end);
  CHECK(edges_for_literal("реклама!", WordEdges::whole) == WordEdges::start);
  CHECK(edges_for_literal("👉", WordEdges::whole) == WordEdges::part);
  CHECK(edges_for_literal("слово", WordEdges::end) == WordEdges::end);
}

TEST_CASE("a pattern is found at its keys where it is found by searching the text", "[patterns]") {
  const std::vector<std::string> patterns{"конь",
                                          "(к|ко|кон|конь)",
                                          "онок",
                                          "ab\\.ab",
                                          "бабабаб",
                                          "а б",
                                          "я",
                                          "ко[нт]( ?баба)?",
                                          "(ab|баба)+[а-я]*",
                                          "[а-я]+ баба",
                                          "[0-9]+ ?(ab|б)",
                                          "(^|!) ?баба",
                                          "(баба|конь)$",
                                          "[^а-я]{0,3}онь",
                                          "[а-я ]*ab",
                                          "[к-н]{2}онь|[^ ]?баба[а-я]*",
                                          "(а|б)+ конь",
                                          "[а-я ]+(!|\\.) ?б",
                                          "([а-я]{2,4} ){1,2}(ab|кот)"};
  for (const auto edges : {WordEdges::whole, WordEdges::start, WordEdges::end, WordEdges::part}) {
    const PatternSet set = set_of(View::fold, edges, patterns);
    for (unsigned seed = 1; seed <= 300; ++seed) {
      // Long ones hold more keys than are noted.
      const std::string written = test::random_text(
          seed,
          seed % 3 == 0 ? 200 : 20,
          {"конь", "онок", "к", "баба", "баб", "ab", ".", " ", "а", "б", "!", "кот", "1"});
      const std::string text = fold_view(written).text();
      INFO(text);
      const NumberedText numbered(text);
      PatternCandidates found;
      set.find_candidates(numbered, found);
      std::vector<bool> tried(patterns.size());
      for (const PatternCandidate& each : found.patterns) {
        tried[each.pattern] = true;
        std::size_t from = 0;
        for (int i = 0; i < 40; ++i) {
          const auto expected = set.find(each.pattern, text, from);
          INFO(patterns[each.pattern] << " from " << from);
          REQUIRE(set.find(each, found.places_of(each), numbered, from) == expected);
          if (!expected || expected->empty()) break;
          from = expected->end;
        }
      }
      for (std::size_t i = 0; i < patterns.size(); ++i) {
        INFO(patterns[i]);
        CHECK((tried[i] || !set.find(i, text, 0)));
      }
    }
  }
}

TEST_CASE("a pattern that RE2 rejects matches nothing", "[patterns]") {
  const PatternSet set = set_of(View::fold, WordEdges::whole, {"(a", "(?=a)a"});
  CHECK_FALSE(set.find(0, "a", 0));
  CHECK_FALSE(set.find(1, "a", 0));
}

TEST_CASE("an empty set has no candidates", "[patterns]") {
  PatternCandidates found;
  set_of(View::fold, WordEdges::whole, {}).find_candidates(NumberedText("текст"), found);
  CHECK(found.patterns.empty());
}

TEST_CASE("what no key speaks for is a candidate in every text", "[patterns]") {
  const PatternSet set = set_of(View::fold, WordEdges::part, {"[a-z]+", "(?i)текст", "конь"});
  PatternCandidates found;
  set.find_candidates(NumberedText("слово"), found);
  REQUIRE(found.patterns.size() == 2);
  CHECK(set.is_always_tried(0));
  CHECK(set.is_always_tried(1));
  CHECK_FALSE(set.is_always_tried(2));
}

TEST_CASE("each literal that stands at a place is found, the shortest first", "[patterns]") {
  std::vector<std::string_view> literals{
      "он", "кон", "конь", "онь", "слон", "н", "a", "ab", "abab", "№", "№ab", "№₽", "₽", "к₽н"};
  std::ranges::sort(literals);
  const LiteralTree tree(literals);
  for (unsigned seed = 1; seed <= 200; ++seed) {
    const std::string text =
        test::random_text(seed, 30, {"к", "о", "н", "ь", "с", "л", "a", "b", "конь", "№", "₽"});
    const NumberedText numbered(text);
    for (std::size_t at = 0; at < numbered.size(); ++at) {
      const std::string_view rest = std::string_view(text).substr(numbered.byte_of(at));
      std::vector<std::string_view> expected;
      for (const std::string_view each : literals) {
        if (rest.starts_with(each)) expected.push_back(each);
      }
      std::ranges::sort(expected, {}, &std::string_view::size);
      std::vector<std::string_view> found;
      const auto note = [&](std::size_t literal, std::size_t end) {
        found.push_back(literals[literal]);
        CHECK(rest.substr(0, numbered.byte_of(end) - numbered.byte_of(at)) == literals[literal]);
      };
      tree.visit_single(numbered, at, note);
      tree.visit_longer(numbered, at, note);
      CHECK(found == expected);
      const bool alone = !expected.empty() && utf8::length(expected.front()) == 1;
      CHECK((!alone || tree.may_be(numbered.number(at))));
    }
  }
}
