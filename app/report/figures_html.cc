#include "app/report/figures_html.h"

#include <algorithm>

#include <spdlog/fmt/fmt.h>

#include "app/number_text.h"
#include "app/report/html.h"
#include "base/names.h"

namespace qanat::app::html {
namespace {

using classifier::ClassEstimate;
using classifier::ClassScore;
using classifier::Disagreement;
using classifier::Estimate;
using classifier::Evaluation;
using classifier::Figures;
using classifier::kLabels;
using classifier::SpanScore;
using classifier::WeightedFigures;

const ClassScore& score_of(const Figures& figures, Label label) {
  return *std::ranges::find(figures.classes, label, &ClassScore::label);
}

std::string tile(std::string_view name, std::string_view value, std::string_view style) {
  return "<li class=\"" + std::string(style) + "\"><b>" + std::string(value) + "</b>" +
         std::string(name) + "</li>\n";
}

std::string tile_of(std::string_view name, const classifier::Proportion& share) {
  return tile(name, share.total == 0 ? "–" : fixed(share.value, 3), "");
}

Cell f1_cell(double f1, bool counted) { return counted ? decimal_cell(f1) : empty_cell(); }

Cell estimate_cell(const Estimate& share) {
  if (share.observations <= 0) return empty_cell();
  return share_cell(share.value, share.low, share.high, "");
}

/// A cell that is the darker, the larger its share of the row.
Cell heat_cell(std::size_t count, std::size_t row, bool right) {
  Cell cell = count_cell(count);
  const double share = row == 0 ? 0.0 : static_cast<double>(count) / static_cast<double>(row);
  cell.style = right ? "heat right" : "heat";
  cell.shade = fixed(share * 0.6, 3);
  return cell;
}

Table groups_table(const std::string& name, const std::vector<Figures>& groups) {
  Table table{.name = name,
              .heads = {"group",
                        "posts",
                        "ads",
                        "ad precision",
                        "ad recall",
                        "ad F1",
                        "labels agreed",
                        "qa lost"},
              .rows = {},
              .sortable = true};
  for (const Figures& figures : groups) {
    const ClassScore& ad = score_of(figures, Label::ad);
    table.rows.push_back({text_cell(figures.name.empty() ? "(none)" : figures.name),
                          count_cell(figures.posts),
                          count_cell(ad.recall.total),
                          share_cell(ad.precision),
                          share_cell(ad.recall),
                          f1_cell(ad.f1, ad.recall.total > 0),
                          share_cell(figures.agreed),
                          count_cell(figures.qa_lost.size())});
  }
  return table;
}

}  // namespace

std::string tiles(const Figures& figures) {
  const ClassScore& ad = score_of(figures, Label::ad);
  const std::size_t lost = figures.qa_lost.size();
  return "<ul class=\"tiles\">\n" + tile("labelled posts", std::to_string(figures.posts), "") +
         tile_of("labels agreed", figures.agreed) + tile_of("ad precision", ad.precision) +
         tile_of("ad recall", ad.recall) + tile("ad F1", fixed(ad.f1, 3), "") +
         tile("qa posts lost, of " + std::to_string(figures.qa_posts),
              std::to_string(lost),
              lost > 0 ? "bad" : "good") +
         "</ul>\n";
}

std::string labels_section(const Figures& figures) {
  Table table{.name = "With Wilson intervals of 95 %",
              .heads = {"label",
                        "F1",
                        "precision: share of those judged so that are",
                        "recall: share of those that are that are judged so"},
              .rows = {}};
  for (const ClassScore& score : figures.classes) {
    table.rows.push_back({text_cell(name_of(score.label)),
                          f1_cell(score.f1, score.precision.total + score.recall.total > 0),
                          share_cell(score.precision),
                          share_cell(score.recall)});
  }
  return section("labels", "Labels", render(table));
}

std::string confusion_section(const Figures& figures) {
  Table table{.name = "Rows: people's labels. Columns: qanat's verdicts",
              .heads = {"labelled \\ judged"},
              .rows = {}};
  for (const Label label : kLabels) table.heads.emplace_back(name_of(label));
  for (std::size_t i = 0; i < kLabels.size(); ++i) {
    const auto& counts = figures.confusion.at(i);
    std::size_t all = 0;
    for (const std::size_t count : counts) all += count;
    std::vector<Cell> row = {text_cell(name_of(kLabels.at(i)))};
    for (std::size_t j = 0; j < counts.size(); ++j) {
      row.push_back(heat_cell(counts.at(j), all, i == j));
    }
    table.rows.push_back(std::move(row));
  }
  return section("confusion", "Confusion", render(table));
}

std::string removed_section(const Figures& figures) {
  Table table{.name = "Characters that were removed, against those that people marked",
              .heads = {"kind", "F1", "precision", "recall", "agreed", "removed", "marked"},
              .rows = {}};
  for (const SpanScore& score : figures.spans) {
    table.rows.push_back({text_cell(name_of(score.kind)),
                          f1_cell(score.f1, score.removed + score.labelled > 0),
                          decimal_cell(score.precision),
                          decimal_cell(score.recall),
                          count_cell(score.agreed),
                          count_cell(score.removed),
                          count_cell(score.labelled)});
  }
  std::string lost;
  for (const std::string& id : figures.qa_lost) {
    lost += (lost.empty() ? "" : ", ") + ("<code>" + escaped(id) + "</code>");
  }
  return section("removed",
                 "What was removed",
                 render(table) + paragraph("Q&amp;A posts lost as a whole: " +
                                           (lost.empty() ? std::string("none.") : lost)));
}

std::string weighted_section(const WeightedFigures& weighted) {
  if (weighted.posts == 0) return "";
  Table table{.name = "Each label weighted by 1 / the chance of its post to be drawn",
              .heads = {"label", "F1", "precision", "recall"},
              .rows = {}};
  for (const ClassEstimate& score : weighted.classes) {
    table.rows.push_back(
        {text_cell(name_of(score.label)),
         f1_cell(score.f1, score.precision.observations + score.recall.observations > 0),
         estimate_cell(score.precision),
         estimate_cell(score.recall)});
  }
  const std::string about = fmt::format(
      "{} labels with a known chance stand for {:.0f} posts. People agree with the verdicts of "
      "{:.1f} % of these.",
      weighted.posts,
      weighted.population,
      weighted.agreed.value * 100);
  return section("estimate", "Estimated for all posts", paragraph(about) + render(table));
}

std::string groups_section(const Evaluation& evaluation) {
  std::string out = render(groups_table("By channel", evaluation.channels)) +
                    render(groups_table("By language", evaluation.languages));
  if (evaluation.ambiguous.posts > 0) {
    out += render(groups_table("Ambiguous posts, counted separately", {evaluation.ambiguous}));
  }
  return section("groups", "Channels and languages", out);
}

std::string disagreements_section(const Evaluation& evaluation) {
  Table table{.name = "Every post on which people and qanat differ",
              .heads = {"post", "labelled", "judged", "outcome", "ad probability", ""},
              .rows = {},
              .sortable = true};
  for (const Disagreement& one : evaluation.disagreements) {
    table.rows.push_back({text_cell(one.id),
                          text_cell(name_of(one.labelled)),
                          text_cell(name_of(one.judged)),
                          text_cell(name_of(one.outcome)),
                          decimal_cell(one.ad_probability),
                          text_cell(one.ambiguous ? "ambiguous" : "")});
  }
  return section("differences", "Verdicts that differ from their labels", render(table));
}

}  // namespace qanat::app::html
