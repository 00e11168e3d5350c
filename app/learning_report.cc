#include "app/learning_report.h"

#include <algorithm>

#include "app/evaluation_report.h"
#include "app/number_text.h"
#include "app/text_table.h"
#include "app/units.h"
#include "base/names.h"
#include "record/fields.h"

namespace qanat::app {
namespace {

using classifier::Calibration;
using classifier::Figures;
using classifier::FoldFigures;
using classifier::LearnedWeight;
using classifier::PathPoint;
using record::Json;
using record::rounded;

const classifier::ClassScore& ads(const Figures& figures) {
  return figures.classes.at(static_cast<std::size_t>(Label::ad));
}

const classifier::ClassScore& questions(const Figures& figures) {
  return figures.classes.at(static_cast<std::size_t>(Label::qa));
}

double ad_span_f1(const Figures& figures) {
  return figures.spans.at(static_cast<std::size_t>(RemovedKind::ad)).f1;
}

bool is_changed(const LearnedWeight& weight) { return weight.before != weight.after; }

/// One of the figures that a proposal must not spoil.
struct Worse {
  std::string key;  ///< in JSON
  std::string words;
};

std::vector<Worse> worse_figures(const LearningReport& report) {
  constexpr double kShown = 0.0005;  // what differs by less is printed alike
  const Figures& before = report.held_out.before;
  const Figures& after = report.held_out.after;
  std::vector<Worse> out;
  const auto compare = [&](const std::string& key, const std::string& name, double was, double is) {
    if (was - is < kShown) return;
    out.push_back({.key = key, .words = name + " " + fixed(was, 3) + " → " + fixed(is, 3)});
  };
  compare("ad_f1", "ad F1", ads(before).f1, ads(after).f1);
  compare("ad_span_f1", "ad span F1", ad_span_f1(before), ad_span_f1(after));
  if (after.qa_lost.size() > before.qa_lost.size()) {
    out.push_back({.key = "qa_lost",
                   .words = "qa lost " + std::to_string(before.qa_lost.size()) + " → " +
                            std::to_string(after.qa_lost.size())});
  }
  return out;
}

// JSON --------------------------------------------------------------------------------------------

Json path_json(const std::vector<PathPoint>& path) {
  Json out = Json::array();
  for (const PathPoint& point : path) {
    out.push_back({{"l1", rounded(point.l1)},
                   {"loss", rounded(point.loss)},
                   {"lag", rounded(point.lag)},
                   {"lag_error", rounded(point.lag_error)}});
  }
  return out;
}

Json folds_json(const std::vector<FoldFigures>& folds) {
  Json out = Json::array();
  for (const FoldFigures& fold : folds) {
    out.push_back({{"channels", fold.channels},
                   {"before", figures_json(fold.before)},
                   {"after", figures_json(fold.after)}});
  }
  return out;
}

Json calibration_json(const Calibration& calibration) {
  Json bins = Json::array();
  for (const auto& bin : calibration.bins) {
    bins.push_back({{"said", rounded(bin.mean)},
                    {"posts", bin.happened.total},
                    {"ads", bin.happened.hits},
                    {"seen", rounded(bin.happened.value)},
                    {"seen_low", rounded(bin.happened.low)},
                    {"seen_high", rounded(bin.happened.high)}});
  }
  return {{"brier", rounded(calibration.brier)},
          {"ece", rounded(calibration.ece)},
          {"bins", std::move(bins)}};
}

Json worse_json(const LearningReport& report) {
  Json out = Json::array();
  for (const Worse& each : worse_figures(report)) out.push_back(each.key);
  return out;
}

Json weights_json(const LearningReport& report) {
  Json out = Json::array();
  for (const LearnedWeight& weight : report.learned.rules) {
    out.push_back({{"rule", report.rules[weight.rule].id},
                   {"rows", weight.rows},
                   {"before", weight.before},
                   {"after", weight.after},
                   {"selected", rounded(weight.selected)},
                   {"same_way", rounded(weight.same_way)},
                   {"low", weight.low},
                   {"high", weight.high}});
  }
  return out;
}

// Text --------------------------------------------------------------------------------------------

std::string both(const std::string& before, const std::string& after) {
  return before == after ? after : before + " → " + after;
}

std::string of_ads(const classifier::Proportion& before, const classifier::Proportion& after) {
  const auto text = [](const classifier::Proportion& share) {
    return share.total == 0 ? std::string("-") : fixed(share.value, 3);
  };
  return both(text(before), text(after));
}

void add_figures(TextTable& table,
                 const std::string& name,
                 const Figures& before,
                 const Figures& after) {
  table.add({name,
             std::to_string(after.posts),
             std::to_string(ads(after).recall.total),
             of_ads(ads(before).precision, ads(after).precision),
             of_ads(ads(before).recall, ads(after).recall),
             both(fixed(ads(before).f1, 3), fixed(ads(after).f1, 3)),
             both(fixed(questions(before).f1, 3), fixed(questions(after).f1, 3)),
             both(fixed(ad_span_f1(before), 3), fixed(ad_span_f1(after), 3)),
             both(std::to_string(before.qa_lost.size()), std::to_string(after.qa_lost.size()))});
}

std::string channels_of(const FoldFigures& fold) {
  constexpr std::size_t kShown = 2;
  std::string out;
  for (std::size_t i = 0; i < std::min(kShown, fold.channels.size()); ++i) {
    out += (i == 0 ? "" : ", ") + fold.channels[i];
  }
  if (fold.channels.size() > kShown) {
    out += " and " + std::to_string(fold.channels.size() - kShown) + " more";
  }
  return out;
}

void print_folds(std::ostream& out, const Terminal& terminal, const LearningReport& report) {
  TextTable table({{.title = "held out"},
                   {.title = "posts", .right = true},
                   {.title = "ads", .right = true},
                   {.title = "ad precision"},
                   {.title = "ad recall"},
                   {.title = "ad F1"},
                   {.title = "qa F1"},
                   {.title = "ad span F1"},
                   {.title = "qa lost"}});
  for (const FoldFigures& fold : report.held_out.folds) {
    add_figures(table, channels_of(fold), fold.before, fold.after);
  }
  table.add_rule();
  add_figures(table, "all, cross-validated", report.held_out.before, report.held_out.after);
  add_figures(table, "nothing: in-sample", report.before, report.after);
  table.print(out, terminal);
}

void print_calibration(std::ostream& out, const Terminal& terminal, const LearningReport& report) {
  const auto& held_out = report.held_out;
  out << '\n'
      << styled(terminal, Style::bold, "calibration, cross-validated") << ": Brier "
      << fixed(held_out.plain.brier, 4) << ", ECE " << fixed(held_out.plain.ece, 4)
      << "; after Platt " << fixed(held_out.platt_calibration.brier, 4) << ", "
      << fixed(held_out.platt_calibration.ece, 4) << " (slope " << fixed(held_out.platt.slope, 3)
      << ", shift " << fixed(held_out.platt.shift, 3) << ")\n";
  TextTable table({{.title = "said", .right = true},
                   {.title = "seen", .right = true},
                   {.title = "95 %"},
                   {.title = "posts", .right = true}});
  for (const auto& bin : held_out.plain.bins) {
    table.add({fixed(bin.mean, 3),
               fixed(bin.happened.value, 3),
               "[" + fixed(bin.happened.low, 2) + ", " + fixed(bin.happened.high, 2) + "]",
               std::to_string(bin.happened.total)});
  }
  table.print(out, terminal);
}

void print_weights(std::ostream& out, const Terminal& terminal, const LearningReport& report) {
  TextTable table({{.title = "rule"},
                   {.title = "before", .right = true},
                   {.title = "after", .right = true},
                   {.title = "5 % … 95 %"},
                   {.title = "moved", .right = true},
                   {.title = "same way", .right = true},
                   {.title = "rows", .right = true}});
  std::size_t changed = 0;
  for (const LearnedWeight& weight : report.learned.rules) {
    if (!is_changed(weight)) continue;
    ++changed;
    table.add({report.rules[weight.rule].id,
               std::to_string(weight.before),
               std::to_string(weight.after),
               std::to_string(weight.low) + " … " + std::to_string(weight.high),
               fixed(weight.selected, 2),
               fixed(weight.same_way, 2),
               std::to_string(weight.rows)});
  }
  out << '\n'
      << styled(terminal, Style::bold, counted(changed, "weight")) << " of "
      << report.learned.rules.size() << " would change\n";
  if (changed > 0) table.print(out, terminal);
}

void print_worse(std::ostream& out, const Terminal& terminal, const LearningReport& report) {
  const std::string worse = what_gets_worse(report);
  if (worse.empty()) return;
  out << '\n'
      << styled(terminal, Style::red, "worse on held-out posts") << ": " << worse
      << "; do not take these weights over as they are\n";
}

}  // namespace

std::string what_gets_worse(const LearningReport& report) {
  std::string out;
  for (const Worse& each : worse_figures(report)) out += (out.empty() ? "" : ", ") + each.words;
  return out;
}

Json learning_json(const LearningReport& report) {
  const auto& held_out = report.held_out;
  return {{"schema", "qanat.rule_learning/1"},
          {"ruleset", report.ruleset},
          {"seed", report.plan.seed},
          {"resamples", report.plan.resamples},
          {"posts", report.posts},
          {"rows", report.rows},
          {"groups", report.groups},
          {"path", path_json(report.path)},
          {"l1", rounded(report.l1)},
          {"weights", weights_json(report)},
          {"in_sample",
           {{"before", figures_json(report.before)}, {"after", figures_json(report.after)}}},
          {"cross_validated",
           {{"folds", folds_json(held_out.folds)},
            {"before", figures_json(held_out.before)},
            {"after", figures_json(held_out.after)}}},
          {"worse", worse_json(report)},
          {"calibration",
           {{"plain", calibration_json(held_out.plain)},
            {"platt", calibration_json(held_out.platt_calibration)},
            {"slope", rounded(held_out.platt.slope)},
            {"shift", rounded(held_out.platt.shift)}}}};
}

void print_learning(std::ostream& out, const Terminal& terminal, const LearningReport& report) {
  out << styled(terminal, Style::bold, counted(report.posts, "post")) << ", "
      << counted(report.rows, "row") << ", " << report.groups << " groups kept together, "
      << counted(report.held_out.folds.size(), "fold")
      << "; penalty towards the present weights l1 = " << fixed(report.l1, 6) << "\n\n";
  print_folds(out, terminal, report);
  print_worse(out, terminal, report);
  print_calibration(out, terminal, report);
  print_weights(out, terminal, report);
}

}  // namespace qanat::app
