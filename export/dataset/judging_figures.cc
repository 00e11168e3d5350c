#include "export/dataset/judging_figures.h"

#include "record/json.h"

namespace qanat::exporting {
namespace {

using record::Json;

constexpr const char* kEvaluationSchema = "qanat.evaluation/1";

Share share_of(const Json& json) {
  return {.total = json.at("total"),
          .value = json.at("value"),
          .low = json.at("low"),
          .high = json.at("high")};
}

/// Throws, as nlohmann does, where a key is missing or of another type.
JudgingFigures figures_of(const Json& json) {
  const Json& all = json.at("all");
  JudgingFigures out{.ruleset = json.at("ruleset"),
                     .posts = all.at("posts"),
                     .agreed = share_of(all.at("agreed"))};
  for (const Json& label : all.at("labels")) {
    out.labels.push_back({.label = label.at("label"),
                          .precision = share_of(label.at("precision")),
                          .recall = share_of(label.at("recall"))});
  }
  return out;
}

}  // namespace

Result<JudgingFigures> read_judging_figures(const std::string& text) {
  const Json json = Json::parse(text, nullptr, false);
  try {
    if (json.is_object() && json.at("schema") == kEvaluationSchema) return figures_of(json);
  } catch (const Json::exception&) {  // what it lacks is told below
  }
  return fail(Errc::usage, "no figures: give what `qanat audit evaluate --json` prints");
}

}  // namespace qanat::exporting
