#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"

namespace qanat::exporting {

/// A share with its 95 % interval.
struct Share {
  std::int64_t total = 0;
  double value = 0;
  double low = 0;
  double high = 0;
};

struct LabelFigures {
  std::string label;
  Share precision;
  Share recall;
};

/// How the rules did on posts that people labelled.
struct JudgingFigures {
  std::string ruleset;  ///< "sha256:…"
  std::int64_t posts = 0;
  Share agreed;
  std::vector<LabelFigures> labels;
};

/// Reads what `qanat audit evaluate --json` printed.
/// Errors: usage, when it is something else.
[[nodiscard]] Result<JudgingFigures> read_judging_figures(const std::string& text);

}  // namespace qanat::exporting
