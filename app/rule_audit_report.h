#pragma once

#include <cstddef>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "app/terminal.h"
#include "classifier/audit/rule_audit.h"
#include "record/json.h"

namespace qanat::app {

/// The figures of a corpus at some weights.
struct CorpusFigures {
  classifier::Figures all;  ///< by all rules
  /// By the rules that hit in so many channels at least, if that was asked for.
  std::optional<classifier::Figures> widespread;
  std::size_t min_channels = 0;
};

/// What `rules stats` tells.
struct RuleAuditReport {
  std::string ruleset;
  std::vector<classifier::RuleInfo> rules;
  std::vector<classifier::RuleAudit> audits;  ///< in the order in which they are shown
  CorpusFigures figures;
};

/// What is worth a look: "dead", "channel-bound", "redundant", or several.
[[nodiscard]] std::string flags_of(const classifier::RuleAudit& audit,
                                   const classifier::RuleInfo& rule);

/// The columns that a table may be sorted by, as CSV and JSON name them.
[[nodiscard]] std::vector<std::string> audit_columns();

/// Sorts by a column: numbers downwards, texts upwards; rows that are equal keep their order.
void sort_audits(RuleAuditReport& report, std::string_view column);

/// docs/schema/rule_stats.schema.json.
[[nodiscard]] record::Json rule_audit_json(const RuleAuditReport& report);
/// RFC 4180: a head, then a line a rule.
void print_rule_audit_csv(std::ostream& out, const RuleAuditReport& report);
/// The columns that fit a terminal, then the corpus's figures.
void print_rule_audit(std::ostream& out, const Terminal& terminal, const RuleAuditReport& report);

}  // namespace qanat::app
