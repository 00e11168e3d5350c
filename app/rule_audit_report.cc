#include "app/rule_audit_report.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <variant>

#include "app/evaluation_report.h"
#include "app/number_text.h"
#include "app/text_table.h"
#include "app/units.h"
#include "record/fields.h"

namespace qanat::app {

std::string flags_of(const classifier::RuleAudit& audit, const classifier::RuleInfo& rule) {
  const bool shadow = rule.status == classifier::RuleStatus::shadow;
  if (!shadow && rule.status != classifier::RuleStatus::active) return "";
  if (audit.is_dead()) return shadow ? "shadow dead" : "dead";
  std::string flags;
  const auto add = [&flags](std::string_view flag) {
    flags += (flags.empty() ? "" : " ") + std::string(flag);
  };
  if (shadow) add("shadow");
  if (shadow && audit.may_act()) add("may-act");
  if (audit.is_channel_bound()) add("channel-bound");
  if (audit.overlap.containment >= 0.95 && audit.decisive == 0) add("redundant");
  return flags;
}

namespace {

using classifier::Figures;
using classifier::RuleAudit;
using classifier::RuleInfo;
using record::Json;

// One table of columns serves CSV, JSON and sorting
// ------------------------------------------------

using Cell = std::variant<std::string, std::int64_t, double>;

/// A rule, its audit, and all rules for the names of others.
struct Row {
  const RuleAudit& audit;
  const RuleInfo& rule;
  const std::vector<RuleInfo>& rules;
};

struct Column {
  std::string_view name;
  Cell (*cell)(const Row&);
};

Cell count(std::size_t value) { return static_cast<std::int64_t>(value); }

constexpr std::array<Column, 26> kColumns = {{
    {"rule", [](const Row& row) { return Cell(row.rule.id); }},
    {"label", [](const Row& row) { return Cell(std::string(name_of(row.rule.label))); }},
    {"status", [](const Row& row) { return Cell(std::string(name_of(row.rule.status))); }},
    {"where", [](const Row& row) { return Cell(row.rule.where); }},
    {"weight", [](const Row& row) { return Cell(std::int64_t{row.rule.weight}); }},
    {"units", [](const Row& row) { return count(row.audit.units); }},
    {"posts", [](const Row& row) { return count(row.audit.posts); }},
    {"channels", [](const Row& row) { return count(row.audit.channels); }},
    {"top_channel", [](const Row& row) { return Cell(row.audit.top_channel); }},
    {"top_share", [](const Row& row) { return Cell(row.audit.top_share); }},
    {"right", [](const Row& row) { return count(row.audit.precision.hits); }},
    {"precision", [](const Row& row) { return Cell(row.audit.precision.value); }},
    {"precision_low", [](const Row& row) { return Cell(row.audit.precision.low); }},
    {"precision_high", [](const Row& row) { return Cell(row.audit.precision.high); }},
    {"s_o", [](const Row& row) { return Cell(row.audit.s_o); }},
    {"decisive", [](const Row& row) { return count(row.audit.decisive); }},
    {"unique", [](const Row& row) { return count(row.audit.unique); }},
    {"ad_f1_loss", [](const Row& row) { return Cell(row.audit.ad_f1_loss); }},
    {"qa_saved", [](const Row& row) { return count(row.audit.qa_saved); }},
    {"qa_lost", [](const Row& row) { return count(row.audit.qa_lost); }},
    {"overlap_rule",
     [](const Row& row) {
       const std::size_t other = row.audit.overlap.rule;
       return Cell(other == classifier::kNoRule ? std::string() : row.rules[other].id);
     }},
    {"overlap", [](const Row& row) { return Cell(row.audit.overlap.containment); }},
    {"conflicts", [](const Row& row) { return count(row.audit.conflicts); }},
    {"conflicts_won", [](const Row& row) { return count(row.audit.conflicts_won); }},
    {"searches", [](const Row& row) { return count(row.audit.searches); }},
    {"search_share", [](const Row& row) { return Cell(row.audit.search_share); }},
}};

Row row_of(const RuleAuditReport& report, const RuleAudit& audit) {
  return {.audit = audit, .rule = report.rules[audit.rule], .rules = report.rules};
}

Json cell_json(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return *whole;
  return record::rounded(std::get<double>(cell));
}

std::string csv_text(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

std::string cell_csv(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return csv_text(*text);
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return std::to_string(*whole);
  return fixed(std::get<double>(cell), 6);
}

/// Numbers downwards, texts upwards.
bool comes_first(const Cell& a, const Cell& b) {
  return std::holds_alternative<std::string>(a) ? a < b : b < a;
}

Json audit_json(const RuleAuditReport& report, const RuleAudit& audit) {
  const Row row = row_of(report, audit);
  Json out = Json::object();
  for (const Column& column : kColumns) out[std::string(column.name)] = cell_json(column.cell(row));
  out["flags"] = flags_of(audit, row.rule);
  return out;
}

// Text --------------------------------------------------------------------------------------------

std::string share_of(const classifier::Proportion& share) {
  if (share.total == 0) return "-";
  return fixed(share.value, 2) + " [" + fixed(share.low, 2) + ", " + fixed(share.high, 2) + "]";
}

void add_row(TextTable& table, const Row& row) {
  const RuleAudit& audit = row.audit;
  const bool dead = audit.is_dead();
  const std::size_t other = audit.overlap.rule;
  table.add({row.rule.id,
             std::to_string(row.rule.weight),
             std::to_string(audit.units),
             std::to_string(audit.posts),
             std::to_string(audit.channels),
             dead ? "-" : fixed(audit.top_share, 2),
             share_of(audit.precision),
             dead ? "-" : fixed(audit.s_o, 2),
             std::to_string(audit.decisive),
             std::to_string(audit.unique),
             fixed(audit.ad_f1_loss, 4),
             std::to_string(audit.conflicts_won) + "/" + std::to_string(audit.conflicts),
             std::to_string(audit.searches),
             other == classifier::kNoRule
                 ? "-"
                 : fixed(audit.overlap.containment, 2) + " " + row.rules[other].id,
             flags_of(audit, row.rule)},
            dead ? std::optional(Style::dim) : std::nullopt);
}

void print_figures(std::ostream& out, const std::string& what, const Figures& figures) {
  const auto& ad = figures.classes.at(1);
  out << what << ": ad precision " << share_of(ad.precision) << ", recall " << share_of(ad.recall)
      << ", F1 " << fixed(ad.f1, 3) << "; qa F1 " << fixed(figures.classes.at(0).f1, 3)
      << "; qa lost " << figures.qa_lost.size() << " of " << figures.qa_posts << '\n';
}

}  // namespace

std::vector<std::string> audit_columns() {
  std::vector<std::string> names;
  names.reserve(kColumns.size());
  for (const Column& column : kColumns) names.emplace_back(column.name);
  return names;
}

void sort_audits(RuleAuditReport& report, std::string_view column) {
  const auto found = std::ranges::find(kColumns, column, &Column::name);
  if (found == kColumns.end()) return;
  std::ranges::stable_sort(report.audits, [&](const RuleAudit& a, const RuleAudit& b) {
    return comes_first(found->cell(row_of(report, a)), found->cell(row_of(report, b)));
  });
}

Json rule_audit_json(const RuleAuditReport& report) {
  Json rules = Json::array();
  for (const RuleAudit& audit : report.audits) rules.push_back(audit_json(report, audit));
  const CorpusFigures& figures = report.figures;
  return {{"schema", "qanat.rule_stats/1"},
          {"ruleset", report.ruleset},
          {"rules", std::move(rules)},
          {"figures", figures_json(figures.all)},
          {"min_channels", figures.min_channels},
          {"figures_widespread",
           figures.widespread ? figures_json(*figures.widespread) : Json(nullptr)}};
}

void print_rule_audit_csv(std::ostream& out, const RuleAuditReport& report) {
  for (const Column& column : kColumns) out << column.name << ',';
  out << "flags\r\n";
  for (const RuleAudit& audit : report.audits) {
    const Row row = row_of(report, audit);
    for (const Column& column : kColumns) out << cell_csv(column.cell(row)) << ',';
    out << csv_text(flags_of(audit, row.rule)) << "\r\n";
  }
}

void print_rule_audit(std::ostream& out, const Terminal& terminal, const RuleAuditReport& report) {
  TextTable table({{.title = "rule"},
                   {.title = "weight", .right = true},
                   {.title = "units", .right = true},
                   {.title = "posts", .right = true},
                   {.title = "channels", .right = true},
                   {.title = "top", .right = true},
                   {.title = "precision [95 %]"},
                   {.title = "S/O", .right = true},
                   {.title = "decisive", .right = true},
                   {.title = "unique", .right = true},
                   {.title = "F1 loss", .right = true},
                   {.title = "won", .right = true},
                   {.title = "searches", .right = true},
                   {.title = "within"},
                   {.title = "flags"}});
  for (const RuleAudit& audit : report.audits) add_row(table, row_of(report, audit));
  table.print(out, terminal);
  out << '\n';
  print_figures(out, counted(report.figures.all.posts, "post") + ", all rules", report.figures.all);
  if (!report.figures.widespread) return;
  print_figures(out,
                "without rules of fewer than " + counted(report.figures.min_channels, "channel"),
                *report.figures.widespread);
}

}  // namespace qanat::app
