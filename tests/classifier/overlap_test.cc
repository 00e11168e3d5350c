#include "classifier/overlap.h"

#include "support/catch.h"

namespace {

using namespace qanat;
using namespace qanat::classifier;

/// Two advertising rules, a protecting one, and a composite.
std::vector<RuleInfo> rules() {
  std::vector<RuleInfo> result(4);
  result[0].id = "cta.heavy";
  result[1].id = "cta.light";
  result[2].label = RuleLabel::qa;
  result[3].composite = true;
  return result;
}

RuleMatch at(std::size_t rule, std::int32_t weight, Span span) {
  return {
      .rule = rule, .weight = weight, .scope = Scope::text, .span = span, .text = "", .note = ""};
}

std::vector<RuleMatch> counted(std::vector<RuleMatch> block) {
  PostMatches matches;
  matches.blocks.push_back(std::move(block));
  count_overlaps_once(matches, rules());
  return matches.blocks.front();
}

}  // namespace

TEST_CASE("words that two rules know count in full for the weightier alone", "[overlap]") {
  const auto block = counted({at(1, 900, {10, 30}), at(0, 1500, {12, 40})});

  CHECK(block[0].weight == 300);
  CHECK(block[0].note == "the words of cta.heavy: a third");
  CHECK(block[1].weight == 1500);
}

TEST_CASE("rules that touch at the edges count in full each", "[overlap]") {
  const auto block = counted({at(0, 1500, {0, 20}), at(1, 900, {16, 40})});

  CHECK(block[0].weight == 1500);
  CHECK(block[1].weight == 900);
}

TEST_CASE("counter-evidence, composites and hits of the same rule keep their weight", "[overlap]") {
  const auto block = counted(
      {at(0, 1500, {0, 20}), at(0, 1500, {0, 20}), at(2, -700, {0, 20}), at(3, 800, {0, 20})});

  CHECK(block[1].weight == 1500);
  CHECK(block[2].weight == -700);
  CHECK(block[3].weight == 800);
}
