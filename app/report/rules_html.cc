#include "app/report/rules_html.h"

#include <spdlog/fmt/fmt.h>

#include "app/number_text.h"
#include "app/report/html.h"
#include "app/rule_audit_report.h"

namespace qanat::app::html {
namespace {

using classifier::RuleAudit;
using classifier::RuleInfo;

/// The rule's name, leading to its hits where there are any.
Cell rule_cell(const AuditReport& report, const RuleInfo& rule) {
  Cell cell = text_cell(rule.id);
  if (report.hits.contains(rule.id)) {
    cell.content = "<a href=\"#hits-" + cell.content + "\">" + cell.content + "</a>";
  }
  return cell;
}

Cell weight_cell(std::int32_t weight) {
  return number_cell(signed_weight(weight), std::to_string(weight));
}

Cell signed_cell(double value) {
  const std::string digits = fmt::format("{:+.4f}", value);
  return number_cell(digits, digits);
}

Cell overlap_cell(const AuditReport& report, const RuleAudit& audit) {
  if (audit.overlap.rule >= report.rules.size()) return empty_cell();
  const std::string share = fixed(audit.overlap.containment, 3);
  Cell cell = text_cell(report.rules[audit.overlap.rule].id);
  cell.content = share + " <small>" + cell.content + "</small>";
  cell.sort = share;
  return cell;
}

std::vector<Cell> rule_row(const AuditReport& report, const RuleAudit& audit) {
  const RuleInfo& rule = report.rules[audit.rule];
  return {rule_cell(report, rule),
          text_cell(name_of(rule.label)),
          weight_cell(rule.weight),
          count_cell(audit.units),
          count_cell(audit.posts),
          count_cell(audit.channels),
          share_cell(audit.precision),
          audit.is_dead() ? empty_cell() : decimal_cell(audit.s_o),
          count_cell(audit.decisive),
          count_cell(audit.unique),
          signed_cell(audit.ad_f1_loss),
          count_cell(audit.qa_lost),
          count_cell(audit.qa_saved),
          overlap_cell(report, audit),
          count_cell(audit.conflicts),
          count_cell(audit.searches),
          text_cell(flags_of(audit, rule))};
}

}  // namespace

std::string rules_section(const AuditReport& report) {
  Table table{.name = "One row per rule; click a heading to sort",
              .heads = {"rule",
                        "speaks for",
                        "weight",
                        "blocks",
                        "posts",
                        "channels",
                        "precision [95 %]",
                        "S/O",
                        "decisive",
                        "unique",
                        "ad F1 without it: loss",
                        "qa lost by it",
                        "qa saved",
                        "covered by",
                        "conflicts",
                        "searches",
                        ""},
              .rows = {},
              .sortable = true};
  for (const RuleAudit& audit : report.audits) table.rows.push_back(rule_row(report, audit));
  return section(
      "rules",
      "Rules",
      paragraph(
          "<b>precision</b>: the share of its hits that people agree with. <b>S/O</b>: its hit "
          "rate "
          "where it should hit, over that and its rate elsewhere: 0.5 says nothing. "
          "<b>decisive</b>: blocks decided otherwise without it. <b>unique</b>: where no other "
          "rule speaks for its label. <b>covered by</b>: the share of its blocks that the named "
          "rule hits too. <b>conflicts</b>: where ad meets qa evidence. <b>searches</b>: how often "
          "a "
          "text was searched for one of its patterns.") +
          render(table));
}

}  // namespace qanat::app::html
