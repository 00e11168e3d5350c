#include "app/evaluation_report.h"

#include <string>
#include <vector>

#include <spdlog/fmt/fmt.h>

#include "app/number_text.h"
#include "app/text_table.h"
#include "app/units.h"
#include "base/names.h"

namespace qanat::app {
namespace {

using classifier::ClassEstimate;
using classifier::ClassScore;
using classifier::Confusion;
using classifier::Disagreement;
using classifier::Estimate;
using classifier::Evaluation;
using classifier::Figures;
using classifier::kLabels;
using classifier::Proportion;
using classifier::SpanScore;
using classifier::WeightedFigures;
using record::Json;

// JSON --------------------------------------------------------------------------------------------

Json labels_json(const Figures& figures) {
  Json out = Json::array();
  for (const ClassScore& score : figures.classes) {
    out.push_back({{"label", name_of(score.label)},
                   {"precision", proportion_json(score.precision)},
                   {"recall", proportion_json(score.recall)},
                   {"f1", score.f1}});
  }
  return out;
}

Json spans_json(const Figures& figures) {
  Json out = Json::array();
  for (const SpanScore& score : figures.spans) {
    out.push_back({{"kind", name_of(score.kind)},
                   {"agreed", score.agreed},
                   {"removed", score.removed},
                   {"labelled", score.labelled},
                   {"precision", score.precision},
                   {"recall", score.recall},
                   {"f1", score.f1}});
  }
  return out;
}

}  // namespace

Json figures_json(const Figures& figures) {
  return {{"name", figures.name},
          {"posts", figures.posts},
          {"agreed", proportion_json(figures.agreed)},
          {"labels", labels_json(figures)},
          {"confusion", confusion_json(figures.confusion)},
          {"spans", spans_json(figures)},
          {"qa_posts", figures.qa_posts},
          {"qa_lost", figures.qa_lost}};
}

namespace {

Json list_json(const std::vector<Figures>& groups) {
  Json out = Json::array();
  for (const Figures& figures : groups) out.push_back(figures_json(figures));
  return out;
}

Json disagreement_json(const Disagreement& one) {
  return {{"id", one.id},
          {"labelled", name_of(one.labelled)},
          {"judged", name_of(one.judged)},
          {"outcome", name_of(one.outcome)},
          {"ad_probability", one.ad_probability},
          {"ambiguous", one.ambiguous}};
}

Json estimate_json(const Estimate& share) {
  return {{"value", share.value},
          {"low", share.low},
          {"high", share.high},
          {"observations", share.observations}};
}

Json weighted_json(const WeightedFigures& weighted) {
  Json labels = Json::array();
  for (const ClassEstimate& score : weighted.classes) {
    labels.push_back({{"label", name_of(score.label)},
                      {"precision", estimate_json(score.precision)},
                      {"recall", estimate_json(score.recall)},
                      {"f1", score.f1}});
  }
  return {{"posts", weighted.posts},
          {"population", weighted.population},
          {"agreed", estimate_json(weighted.agreed)},
          {"qa_lost", estimate_json(weighted.qa_lost)},
          {"labels", std::move(labels)}};
}

// Text --------------------------------------------------------------------------------------------

/// "0.912 [0.85, 0.95] 93/102"; "-" when nothing was counted.
std::string share_text(const Proportion& share) {
  if (share.total == 0) return "-";
  return fmt::format(
      "{:.3f} [{:.2f}, {:.2f}] {}/{}", share.value, share.low, share.high, share.hits, share.total);
}

/// "0.912 [0.85, 0.95]"; "-" when there was nothing to estimate from.
std::string estimate_text(const Estimate& share) {
  if (share.observations <= 0) return "-";
  return fmt::format("{:.3f} [{:.2f}, {:.2f}]", share.value, share.low, share.high);
}

const ClassScore& score_of(const Figures& figures, Label label) {
  return figures.classes.at(static_cast<std::size_t>(label));
}

void print_title(std::ostream& out, const Terminal& terminal, const std::string& title) {
  out << '\n' << styled(terminal, Style::bold, title) << '\n';
}

void print_labels(std::ostream& out, const Terminal& terminal, const Figures& figures) {
  TextTable table({{.title = "label"},
                   {.title = "F1", .right = true},
                   {.title = "precision [95 %] hits/judged"},
                   {.title = "recall [95 %] hits/labelled"}});
  for (const ClassScore& score : figures.classes) {
    const bool counted = score.precision.total + score.recall.total > 0;
    table.add({std::string(name_of(score.label)),
               counted ? fixed(score.f1, 3) : "-",
               share_text(score.precision),
               share_text(score.recall)});
  }
  table.print(out, terminal);
}

void print_spans(std::ostream& out, const Terminal& terminal, const Figures& figures) {
  TextTable table({{.title = "removed characters"},
                   {.title = "F1", .right = true},
                   {.title = "precision", .right = true},
                   {.title = "recall", .right = true},
                   {.title = "agreed", .right = true},
                   {.title = "removed", .right = true},
                   {.title = "labelled", .right = true}});
  for (const SpanScore& score : figures.spans) {
    table.add({std::string(name_of(score.kind)),
               fixed(score.f1, 3),
               fixed(score.precision, 3),
               fixed(score.recall, 3),
               std::to_string(score.agreed),
               std::to_string(score.removed),
               std::to_string(score.labelled)});
  }
  table.print(out, terminal);
}

void print_lost(std::ostream& out, const Terminal& terminal, const Figures& figures) {
  out << "\nqa posts lost (judged ad_only): " << figures.qa_lost.size() << " of "
      << figures.qa_posts << '\n';
  for (const std::string& id : figures.qa_lost) {
    out << "  " << styled(terminal, Style::red, one_line(id)) << '\n';
  }
}

void print_groups(std::ostream& out,
                  const Terminal& terminal,
                  const std::string& what,
                  const std::vector<Figures>& groups) {
  if (groups.empty()) return;
  TextTable table({{.title = what},
                   {.title = "posts", .right = true},
                   {.title = "ads", .right = true},
                   {.title = "ad F1", .right = true},
                   {.title = "precision", .right = true},
                   {.title = "recall", .right = true},
                   {.title = "labels agreed", .right = true},
                   {.title = "qa lost", .right = true}});
  for (const Figures& figures : groups) {
    const ClassScore& ad = score_of(figures, Label::ad);
    const auto part = [](const Proportion& share) {
      return share.total == 0 ? "-" : fixed(share.value, 3);
    };
    table.add({figures.name.empty() ? "(none)" : figures.name,
               std::to_string(figures.posts),
               std::to_string(ad.recall.total),
               ad.recall.total == 0 ? "-" : fixed(ad.f1, 3),
               part(ad.precision),
               part(ad.recall),
               part(figures.agreed),
               std::to_string(figures.qa_lost.size())});
  }
  print_title(out, terminal, "by " + what);
  table.print(out, terminal);
}

void print_disagreements(std::ostream& out,
                         const Terminal& terminal,
                         const std::vector<Disagreement>& all) {
  TextTable table({{.title = "id"},
                   {.title = "labelled"},
                   {.title = "judged"},
                   {.title = "outcome"},
                   {.title = "ad", .right = true},
                   {.title = ""}});
  for (const Disagreement& one : all) {
    table.add({one.id,
               std::string(name_of(one.labelled)),
               std::string(name_of(one.judged)),
               std::string(name_of(one.outcome)),
               percent(one.ad_probability),
               one.ambiguous ? "ambiguous" : ""});
  }
  print_title(out, terminal, "verdicts that differ from their labels");
  table.print(out, terminal);
}

}  // namespace

Json proportion_json(const Proportion& share) {
  return {{"hits", share.hits},
          {"total", share.total},
          {"value", share.value},
          {"low", share.low},
          {"high", share.high}};
}

Json confusion_json(const Confusion& confusion) {
  Json out = Json::object();
  for (std::size_t i = 0; i < kLabels.size(); ++i) {
    Json row = Json::object();
    for (std::size_t j = 0; j < kLabels.size(); ++j) {
      row[name_of(kLabels.at(j))] = confusion.at(i).at(j);
    }
    out[name_of(kLabels.at(i))] = std::move(row);
  }
  return out;
}

Json evaluation_json(const Evaluation& evaluation,
                     const WeightedFigures& weighted,
                     const std::string& ruleset) {
  Json disagreements = Json::array();
  for (const Disagreement& one : evaluation.disagreements) {
    disagreements.push_back(disagreement_json(one));
  }
  return {{"schema", "qanat.evaluation/1"},
          {"ruleset", ruleset},
          {"all", figures_json(evaluation.all)},
          {"channels", list_json(evaluation.channels)},
          {"languages", list_json(evaluation.languages)},
          {"ambiguous", figures_json(evaluation.ambiguous)},
          {"weighted", weighted_json(weighted)},
          {"disagreements", std::move(disagreements)}};
}

void print_confusion(std::ostream& out,
                     const Terminal& terminal,
                     const std::string& corner,
                     const Confusion& confusion) {
  std::vector<TextTable::Column> columns = {{.title = corner}};
  for (const Label label : kLabels) {
    columns.push_back({.title = std::string(name_of(label)), .right = true});
  }
  TextTable table(std::move(columns));
  for (std::size_t i = 0; i < kLabels.size(); ++i) {
    std::vector<std::string> cells = {std::string(name_of(kLabels.at(i)))};
    for (const std::size_t count : confusion.at(i)) cells.push_back(std::to_string(count));
    table.add(std::move(cells));
  }
  table.print(out, terminal);
}

void print_evaluation(std::ostream& out,
                      const Terminal& terminal,
                      const Evaluation& evaluation,
                      bool errors) {
  const Figures& all = evaluation.all;
  out << styled(terminal, Style::bold, counted(all.posts, "post")) << ", labels agreed "
      << share_text(all.agreed) << "\n\n";
  print_labels(out, terminal, all);
  out << '\n';
  print_confusion(out, terminal, "labelled \\ judged", all.confusion);
  out << '\n';
  print_spans(out, terminal, all);
  print_lost(out, terminal, all);
  print_groups(out, terminal, "channel", evaluation.channels);
  print_groups(out, terminal, "language", evaluation.languages);
  if (evaluation.ambiguous.posts > 0) {
    print_groups(out, terminal, "ambiguous posts, counted separately", {evaluation.ambiguous});
  }
  if (errors) print_disagreements(out, terminal, evaluation.disagreements);
}

void print_weighted(std::ostream& out, const Terminal& terminal, const WeightedFigures& weighted) {
  if (weighted.posts == 0) return;
  TextTable table({{.title = "label"},
                   {.title = "F1", .right = true},
                   {.title = "precision [95 %]"},
                   {.title = "recall [95 %]"}});
  for (const ClassEstimate& score : weighted.classes) {
    const bool counted = score.precision.observations + score.recall.observations > 0;
    table.add({std::string(name_of(score.label)),
               counted ? fixed(score.f1, 3) : "-",
               estimate_text(score.precision),
               estimate_text(score.recall)});
  }
  print_title(out,
              terminal,
              fmt::format("estimated for the {:.0f} posts that the {} sampled labels stand for",
                          weighted.population,
                          weighted.posts));
  table.print(out, terminal);
  out << "labels agreed " << estimate_text(weighted.agreed) << ", qa posts lost "
      << estimate_text(weighted.qa_lost) << '\n';
}

}  // namespace qanat::app
