#include "app/verdict_diff_report.h"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "app/number_text.h"
#include "app/text_table.h"
#include "app/units.h"
#include "base/names.h"
#include "record/fields.h"

namespace qanat::app {
namespace {

using classifier::Flip;
using classifier::kLabels;
using classifier::kOutcomes;
using classifier::LabelledChange;
using classifier::RuleChange;
using classifier::VerdictDiff;
using record::Json;

/// Rules that a person reads at once; JSON has them all.
constexpr std::size_t kShownRules = 40;

// JSON --------------------------------------------------------------------------------------------

/// {before: {after: posts}}.
template <class Names, class Counts>
Json transitions_json(const Names& names, const Counts& counts) {
  Json out = Json::object();
  for (std::size_t i = 0; i < names.size(); ++i) {
    Json row = Json::object();
    for (std::size_t j = 0; j < names.size(); ++j) {
      row[name_of(names.at(j))] = counts.at(i).at(j);
    }
    out[name_of(names.at(i))] = std::move(row);
  }
  return out;
}

Json rules_json(const std::vector<RuleChange>& rules) {
  Json out = Json::array();
  for (const RuleChange& change : rules) {
    out.push_back(
        {{"rule", change.rule}, {"appears", change.appears}, {"vanishes", change.vanishes}});
  }
  return out;
}

Json flips_json(const std::vector<Flip>& flips) {
  Json out = Json::array();
  for (const Flip& flip : flips) {
    out.push_back(
        {{"id", flip.id},
         {"label", {{"before", name_of(flip.label_before)}, {"after", name_of(flip.label_after)}}},
         {"outcome",
          {{"before", name_of(flip.outcome_before)}, {"after", name_of(flip.outcome_after)}}},
         {"ad_probability",
          {{"before", record::rounded(flip.before)}, {"after", record::rounded(flip.after)}}},
         {"appears", flip.appears},
         {"vanishes", flip.vanishes},
         {"excerpt", flip.excerpt},
         {"cut", flip.cut},
         {"kept", flip.kept}});
  }
  return out;
}

Json labelled_json(const std::optional<LabelledChange>& labelled) {
  if (!labelled) return nullptr;
  return {{"posts", labelled->posts},
          {"wins", labelled->wins},
          {"losses", labelled->losses},
          {"mcnemar_p", record::rounded(labelled->p)}};
}

// Text --------------------------------------------------------------------------------------------

template <class Names, class Counts>
void print_transitions(std::ostream& out,
                       const Terminal& terminal,
                       const std::string& what,
                       const Names& names,
                       const Counts& counts) {
  std::vector<TextTable::Column> columns = {{.title = what + ": before \\ after"}};
  for (const auto name : names) {
    columns.push_back({.title = std::string(name_of(name)), .right = true});
  }
  TextTable table(std::move(columns));
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::vector<std::string> cells = {std::string(name_of(names.at(i)))};
    for (const std::size_t count : counts.at(i)) cells.push_back(std::to_string(count));
    table.add(std::move(cells));
  }
  out << '\n';
  table.print(out, terminal);
}

void print_rules(std::ostream& out,
                 const Terminal& terminal,
                 const std::vector<RuleChange>& rules) {
  if (rules.empty()) return;
  out << '\n'
      << styled(terminal, Style::bold, "rules that newly hit or no longer hit, in posts") << '\n';
  TextTable table({{.title = "rule"},
                   {.title = "appears", .right = true},
                   {.title = "vanishes", .right = true}});
  const std::size_t shown = std::min(rules.size(), kShownRules);
  for (const RuleChange& change : std::span(rules).first(shown)) {
    table.add({change.rule, std::to_string(change.appears), std::to_string(change.vanishes)});
  }
  table.print(out, terminal);
  if (shown < rules.size()) {
    out << "and " << counted(rules.size() - shown, "more rule") << " (--json has all)\n";
  }
}

template <class Enum>
std::string change_of(Enum before, Enum after) {
  if (before == after) return std::string(name_of(after));
  return std::string(name_of(before)) + " → " + std::string(name_of(after));
}

/// Where only cuts differ, what of the text is cut or kept now.
std::string text_of(const Flip& flip) {
  if (!flip.only_cuts() || (flip.cut.empty() && flip.kept.empty())) return flip.excerpt;
  if (flip.cut.empty()) return "now kept: " + flip.kept;
  return "now cut: " + flip.cut + (flip.kept.empty() ? "" : ", now kept: " + flip.kept);
}

void print_flips(std::ostream& out, const Terminal& terminal, const VerdictDiff& diff) {
  if (diff.flips.empty()) return;
  out << '\n' << styled(terminal, Style::bold, "posts that change, largest shift first") << '\n';
  TextTable table({{.title = "id"},
                   {.title = "label"},
                   {.title = "outcome"},
                   {.title = "ad", .right = true},
                   {.title = "after", .right = true},
                   {.title = "text"}});
  for (const Flip& flip : diff.flips) {
    table.add({flip.id,
               change_of(flip.label_before, flip.label_after),
               change_of(flip.outcome_before, flip.outcome_after),
               percent(flip.before),
               percent(flip.after),
               text_of(flip)});
  }
  table.print(out, terminal);
  if (diff.flips.size() < diff.changed) {
    out << "and " << counted(diff.changed - diff.flips.size(), "more post") << '\n';
  }
}

void print_labelled(std::ostream& out, const std::optional<LabelledChange>& labelled) {
  if (!labelled) return;
  out << "\ncompared with " << counted(labelled->posts, "label") << ": "
      << counted(labelled->wins, "win") << ", " << labelled->losses
      << (labelled->losses == 1 ? " loss" : " losses") << ", McNemar's exact p "
      << fixed(labelled->p, 4) << '\n';
}

}  // namespace

Json verdict_diff_json(const VerdictDiff& diff) {
  return {{"posts", diff.posts},
          {"changed", diff.changed},
          {"recut", diff.recut},
          {"labels", transitions_json(kLabels, diff.labels)},
          {"outcomes", transitions_json(kOutcomes, diff.outcomes)},
          {"rules", rules_json(diff.rules)},
          {"flips", flips_json(diff.flips)},
          {"labelled", labelled_json(diff.labelled)}};
}

void print_verdict_diff(std::ostream& out, const Terminal& terminal, const VerdictDiff& diff) {
  out << styled(terminal, Style::bold, counted(diff.posts, "post")) << " judged twice, "
      << diff.changed - diff.recut << " with another label or outcome, " << diff.recut
      << " with other cuts alone\n";
  print_transitions(out, terminal, "outcome", kOutcomes, diff.outcomes);
  print_transitions(out, terminal, "label", kLabels, diff.labels);
  print_labelled(out, diff.labelled);
  print_rules(out, terminal, diff.rules);
  print_flips(out, terminal, diff);
}

}  // namespace qanat::app
