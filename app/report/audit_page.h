#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/report/hits_in_context.h"
#include "classifier/audit/calibration.h"
#include "classifier/audit/rule_audit.h"
#include "classifier/audit/weighted_evaluation.h"
#include "classifier/evaluation.h"
#include "classifier/rule_set.h"

namespace qanat::app {

/// What the report tells.
struct AuditReport {
  std::string source;   ///< where the labels come from
  std::string ruleset;  ///< decision fingerprint
  classifier::Evaluation evaluation;
  classifier::WeightedFigures weighted;
  classifier::Calibration calibration;
  std::vector<classifier::RuleInfo> rules;
  std::vector<classifier::RuleAudit> audits;              ///< of the rules
  std::map<std::string, std::vector<HitInContext>> hits;  ///< by rule
};

/// One HTML file that needs no other: style, drawings and the script that sorts are inside, and it
/// asks no network. Whole without JavaScript. All text from outside is escaped. The same report
/// gives the same bytes.
[[nodiscard]] std::string audit_page(const AuditReport& report);

}  // namespace qanat::app
