#pragma once

#include <ostream>
#include <string>

#include "app/terminal.h"
#include "classifier/audit/weighted_evaluation.h"
#include "classifier/evaluation.h"
#include "record/json.h"

namespace qanat::app {

/// The figures as JSON (docs/schema/evaluation.schema.json).
[[nodiscard]] record::Json evaluation_json(const classifier::Evaluation& evaluation,
                                           const classifier::WeightedFigures& weighted,
                                           const std::string& ruleset);

/// One group's figures (docs/schema/evaluation.schema.json#/$defs/figures).
[[nodiscard]] record::Json figures_json(const classifier::Figures& figures);
[[nodiscard]] record::Json proportion_json(const classifier::Proportion& share);
/// {labelled: {judged: posts}}.
[[nodiscard]] record::Json confusion_json(const classifier::Confusion& confusion);
/// `corner` names rows and columns: "labelled \\ judged".
void print_confusion(std::ostream& out,
                     const Terminal& terminal,
                     const std::string& corner,
                     const classifier::Confusion& confusion);

/// The same for people. `errors`: also every post that was judged otherwise than labelled.
void print_evaluation(std::ostream& out,
                      const Terminal& terminal,
                      const classifier::Evaluation& evaluation,
                      bool errors);

/// What the figures would be over all posts that the labelled ones were drawn from; nothing when
/// no label knows its chance.
void print_weighted(std::ostream& out,
                    const Terminal& terminal,
                    const classifier::WeightedFigures& weighted);

}  // namespace qanat::app
