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
  const Error no_figures{
      .code = Errc::usage,
      .message = "not an evaluation; give a file printed by `qanat audit evaluate --json`"};
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return fail(no_figures);
  try {
    return json.at("schema") == kEvaluationSchema ? Result<JudgingFigures>(figures_of(json))
                                                  : fail(no_figures);
  } catch (const Json::exception&) {
    return fail(no_figures);
  }
}

}  // namespace qanat::exporting
