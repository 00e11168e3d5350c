
#include "classifier/rule_set.h"
#include "support/catch.h"
#include "support/shipped_packs.h"

namespace {

using namespace qanat;
using classifier::RuleInfo;
using classifier::RuleLabel;
using classifier::RuleSet;

std::string all_messages(const std::vector<classifier::LintFinding>& findings) {
  std::string text;
  for (const auto& finding : findings) {
    if (finding.fatal) text += finding.where + ": " + finding.problem + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("the shipped packs load without a fatal finding", "[packs]") {
  CHECK(all_messages(RuleSet::lint(test::shipped_packs())).empty());
  const auto rules = RuleSet::compile(test::shipped_packs());
  REQUIRE(rules.has_value());
  CHECK(rules->rules().size() >= 150);
}

TEST_CASE("every example of the shipped packs holds", "[packs]") {
  const auto report = classifier::run_examples(test::shipped_packs());

  REQUIRE(report.has_value());
  CHECK(report->failures.empty());
  CHECK(report->examples >= 4 * 150);
}

TEST_CASE("every shipped rule says why it holds beyond the sample", "[packs]") {
  const auto rules = RuleSet::compile(test::shipped_packs(), classifier::PackChecks::reading);
  REQUIRE(rules.has_value());
  for (const RuleInfo& rule : rules->rules()) {
    INFO(rule.id);
    CHECK_FALSE(rule.title.empty());
    CHECK(rule.why.size() > 20);
    if (rule.label == RuleLabel::qa) {
      CHECK(rule.weight <= 0);
    } else {
      CHECK(rule.weight >= 0);
    }
  }
}

TEST_CASE("no rule but the law's own words decides a paragraph alone by more than a half",
          "[packs]") {
  const auto rules = RuleSet::compile(test::shipped_packs(), classifier::PackChecks::reading);
  REQUIRE(rules.has_value());
  for (const RuleInfo& rule : rules->rules()) {
    if (rule.label != RuleLabel::ad || rule.kind == "disclosure") continue;
    INFO(rule.id);
    CHECK(rule.weight <= 3000);
  }
}
