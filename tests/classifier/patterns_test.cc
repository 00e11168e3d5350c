#include "classifier/patterns.h"

#include <algorithm>
#include <random>

#include "rule_pack_sample.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::classifier;

namespace {

PatternSet set_of(View view, WordEdges edges, const std::vector<std::string>& patterns) {
  PatternSet set(view);
  for (const std::string& pattern : patterns) REQUIRE(set.add(pattern, edges));
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
  REQUIRE(narrow.add(pattern, WordEdges::part));
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

TEST_CASE("a plain string is found where the same string as a regular expression is",
          "[patterns]") {
  const std::vector<std::string> strings{"конь", "онок", "ab.ab", "бабабаб", "а б"};
  for (const auto edges : {WordEdges::whole, WordEdges::start, WordEdges::end, WordEdges::part}) {
    std::vector<std::string> plain;
    std::vector<std::string> regexes;
    for (const std::string& each : strings) {
      plain.push_back(quoted_pattern(each));
      regexes.push_back("(?:" + plain.back() + ")");
    }
    const PatternSet ours = set_of(View::fold, edges, plain);
    const PatternSet theirs = set_of(View::fold, edges, regexes);
    PatternScratch scratch;
    std::vector<int> candidates;
    for (unsigned seed = 1; seed <= 200; ++seed) {
      const std::string text =
          fold_view(
              test::random_text(
                  seed, 20, {"конь", "онок", "к", "баба", "баб", "ab", ".", " ", "а", "б", "!"}))
              .text();
      INFO(text);
      ours.candidates(text, scratch, candidates);
      for (std::size_t i = 0; i < strings.size(); ++i) {
        const auto expected = theirs.find(i, text, 0);
        CHECK(ours.find(i, text, 0) == expected);
        CHECK((!expected || std::ranges::binary_search(candidates, static_cast<int>(i))));
      }
    }
  }
}

TEST_CASE("a pattern that RE2 rejects has no number", "[patterns]") {
  PatternSet set(View::fold);
  CHECK_FALSE(set.add("(a", WordEdges::whole));
  CHECK_FALSE(set.add("(?=a)", WordEdges::whole));
  CHECK(set.size() == 0);
}

TEST_CASE("an empty set has no candidates", "[patterns]") {
  PatternSet set(View::fold);
  set.compile();
  PatternScratch scratch;
  std::vector<int> candidates{1};
  set.candidates("текст", scratch, candidates);
  CHECK(candidates.empty());
}

TEST_CASE("patterns too short for the prefilter are always candidates", "[patterns]") {
  const PatternSet set = set_of(View::fold, WordEdges::part, {"[0-9]", "я"});
  PatternScratch scratch;
  std::vector<int> candidates;
  set.candidates("текст", scratch, candidates);
  CHECK(candidates == std::vector<int>{0, 1});
}

TEST_CASE("each literal that occurs is found, overlapping or not", "[patterns]") {
  const std::vector<std::string> literals{
      "он", "кон", "конь", "онь", "слон", "н", "a", "ab", "bab"};
  const LiteralMatcher matcher(literals);
  std::vector<char> seen(literals.size());
  for (unsigned seed = 1; seed <= 200; ++seed) {
    const std::string text =
        test::random_text(seed, 30, {"к", "о", "н", "ь", "с", "л", "a", "b", "конь"});
    std::vector<int> expected;
    for (std::size_t i = 0; i < literals.size(); ++i) {
      if (text.find(literals[i]) != std::string::npos) expected.push_back(static_cast<int>(i));
    }
    std::vector<int> result;
    matcher.find(text, seen, result);
    std::ranges::sort(result);
    CHECK(result == expected);
    CHECK(std::ranges::count(seen, 0) == static_cast<std::ptrdiff_t>(seen.size()));
  }
}
