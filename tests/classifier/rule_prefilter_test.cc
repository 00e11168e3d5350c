#include <algorithm>
#include <fstream>

#include <nlohmann/json.hpp>

#include "classifier/features.h"
#include "classifier/language.h"
#include "classifier/lint.h"
#include "classifier/pack.h"
#include "classifier/plain_post.h"
#include "rule_pack_sample.h"
#include "support/catch.h"
#include "support/files.h"
#include "support/sanitized.h"
#include "support/shipped_packs.h"

using namespace qanat;
using namespace qanat::classifier;
using namespace qanat::test;

namespace {

/// Patterns of every shape: short and long, alternatives, classes, optional parts, anchors.
std::string many_rules() {
  return rule("a.stem", "any = ['скидк[а-я]+', 'промокод[а-я]*', 'да|нет|может быть']") +
         rule("a.short", "any = ['[0-9]+ ?%', 'x']") +
         rule("a.optional", "any = ['(на )?правах? реклам[ыа]']\nwords = 'part'") +
         rule("a.lines", "any = ['(?m)^итог', 'конец$']\nwords = 'part'\ncount = 'per_hit'") +
         rule("a.all", "all = ['курс', 'скидк[аи]']\nwords = 'start'") +
         rule("a.near", "near = { a = ['подпис[а-я]+'], b = ['канал', 'x'], chars = 12 }") +
         rule("a.words", "view = 'words'\nany = ['промокод скидка']") +
         rule("a.squash", "view = 'squash'\nliterals = ['реклама']") +
         rule("a.raw", "view = 'raw'\nany = ['СКИДК[А-Я]', 'x']") +
         rule("a.veto", "any = ['курс']\nnone = ['валют']\nwords = 'part'");
}

const std::vector<std::string> kWords{
    "скидка",  "Скидки ", "СКИДКА",  "промокод ", "да",    "нет ",    "40 %",  "правах ",
    "рекламы", "рекла",   "ма",      "\nитог",    "конец", " курс ",  "курсы", "валют",
    "подпис",  "ка ",     " канал ", "на ",       "x",     " может ", "быть"};

bool same(const RuleMatch& a, const RuleMatch& b) {
  return a.rule == b.rule && a.span == b.span && a.text == b.text && a.note == b.note &&
         a.weight == b.weight && a.vetoed == b.vetoed;
}

/// Compares the shipped rules' matches on whole posts.
class Comparison {
 public:
  void compare(const std::string& text, const std::vector<std::string>& links = {}) {
    const Post post = post_from_text(*ChannelName::parse("some_channel"), 1, text, links);
    const std::vector<Line> lines = split_lines(post.text);
    const std::vector<Block> blocks = segment(post, lines);
    const Description description(post, blocks, languages_of(post.text, lines, blocks));
    const PostMatches on = match_post(engine_, description.view());
    const PostMatches off = match_post(engine_, description.view(), {.prefilter = Prefilter::off});
    INFO(text);
    CHECK(std::ranges::equal(on.whole, off.whole, same));
    REQUIRE(on.blocks.size() == off.blocks.size());
    for (std::size_t i = 0; i < on.blocks.size(); ++i) {
      CHECK(std::ranges::equal(on.blocks[i], off.blocks[i], same));
      hits_ += on.blocks[i].size();
    }
  }

  /// Every `step`-th post of a corpus.
  void compare_file(const std::string& name, std::size_t step) {
    std::ifstream file(test::shared("corpus/" + name));
    std::size_t number = 0;
    for (std::string line; std::getline(file, line);) {
      if (number++ % step != 0) continue;
      const auto row = nlohmann::json::parse(line);
      compare(row.at("text"), row.value("links", std::vector<std::string>{}));
    }
  }

  [[nodiscard]] const Pack& pack() const { return pack_; }
  [[nodiscard]] std::size_t hits() const { return hits_; }

 private:
  Findings findings_;
  Pack pack_ = read_pack(test::shipped_packs(), findings_);
  Engine engine_ = build_engine(pack_);
  std::size_t hits_ = 0;
};

}  // namespace

TEST_CASE("behind the prefilter, the shipped rules hit their examples all the same", "[rules]") {
  Comparison comparison;

  // The first of each rule: one by one takes its time.
  for (const RuleSource& each : comparison.pack().rules) {
    if (!each.head.examples.empty()) comparison.compare(each.head.examples.front().text);
  }

  CHECK(comparison.hits() > comparison.pack().rules.size());
}

TEST_CASE("behind the prefilter, the shipped rules hit real posts all the same", "[corpus]") {
  Comparison comparison;

  constexpr std::size_t kFewer = kSanitized ? 5 : 1;
  comparison.compare_file("dev.jsonl", 2 * kFewer);
  comparison.compare_file("unlabelled.jsonl", 40 * kFewer);

  CHECK(comparison.hits() > 500 / kFewer);
}

TEST_CASE("behind the prefilter, the same rules hit at the same places", "[rules]") {
  Findings findings;
  const Pack pack = read_pack(pack_of(many_rules()), findings);
  lint_pack(pack, findings);
  REQUIRE(findings.message().empty());
  const Engine engine = build_engine(pack);

  std::size_t hits = 0;
  for (unsigned seed = 1; seed <= 1500; ++seed) {
    const std::vector<std::string> blocks{random_text(seed, 30, kWords)};
    const PostView post = post_of(blocks);
    const auto on = match_post(engine, post).blocks.front();
    const auto off = match_post(engine, post, {.prefilter = Prefilter::off}).blocks.front();
    CHECK(std::ranges::equal(on, off, same));
    hits += on.size();
  }
  CHECK(hits > 1500);
}
