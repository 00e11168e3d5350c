#pragma once

#include <ostream>

#include "app/terminal.h"
#include "classifier/evaluation.h"
#include "record/json.h"

namespace qanat::app {

/// The figures as JSON (docs/schema/evaluation.schema.json).
[[nodiscard]] record::Json evaluation_json(const classifier::Evaluation& evaluation,
                                           const std::string& ruleset);

/// One group's figures (docs/schema/evaluation.schema.json#/$defs/figures).
[[nodiscard]] record::Json figures_json(const classifier::Figures& figures);

/// The same for people. `errors`: also every post that was judged otherwise than labelled.
void print_evaluation(std::ostream& out,
                      const Terminal& terminal,
                      const classifier::Evaluation& evaluation,
                      bool errors);

}  // namespace qanat::app
