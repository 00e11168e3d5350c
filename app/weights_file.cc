#include <algorithm>
#include <string>

#include "app/learning_report.h"
#include "app/number_text.h"
#include "app/units.h"
#include "classifier/rule_kinds.h"

namespace qanat::app {
namespace {

using classifier::LearnedWeight;
using classifier::RuleInfo;
using classifier::RuleStatus;

std::string remark_on(const LearningReport& report, std::size_t rule, std::int32_t weight) {
  const auto learned = std::ranges::find(report.learned.rules, rule, &LearnedWeight::rule);
  if (learned == report.learned.rules.end() || learned->before == weight) return "";
  return "  # was " + std::to_string(learned->before) + "; moved in " +
         fixed(100 * learned->selected, 0) + " %" + " of " +
         counted(report.plan.resamples, "resample") + ", " + counted(learned->rows, "row");
}

}  // namespace

std::string weights_toml(const LearningReport& report) {
  std::string out = "# Proposed by `qanat rules learn` from " +
                    counted(report.posts, "labelled post") +
                    ". Read each change before this file goes beside the packs.\n";
  out += "run = \"" + report.ruleset + " seed " + std::to_string(report.plan.seed) + " l1 " +
         fixed(report.l1, 6) + "\"\n\n[weights]\n";
  for (std::size_t rule = 0; rule < report.rules.size(); ++rule) {
    const RuleInfo& info = report.rules[rule];
    // Learned words have no weight of their own, and weights.toml knows the packs' rules alone.
    if (info.status != RuleStatus::active || info.kind == classifier::kVocabularyKind) continue;
    const std::int32_t weight = report.learned.weights[rule];
    out += info.id + " = " + std::to_string(weight) + remark_on(report, rule, weight) + "\n";
  }
  return out;
}

}  // namespace qanat::app
