#include <algorithm>

#include "classifier/lint.h"
#include "classifier/pack.h"
#include "rule_pack_sample.h"
#include "support/catch.h"

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

}  // namespace

TEST_CASE("behind the prefilter, the same rules hit at the same places", "[rules]") {
  Findings findings;
  const Pack pack = read_pack(pack_of(many_rules()), findings);
  lint_pack(pack, findings);
  REQUIRE(findings.message().empty());
  std::vector<RuleInfo> infos;
  const Engine engine = build_engine(pack, infos);

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
