#pragma once

#include <string>

#include "classifier/audit/weighted_evaluation.h"
#include "classifier/evaluation.h"

/// The figures of an evaluation as sections of a page.
namespace qanat::app::html {

/// The few numbers to look at first.
[[nodiscard]] std::string tiles(const classifier::Figures& figures);
[[nodiscard]] std::string labels_section(const classifier::Figures& figures);
[[nodiscard]] std::string confusion_section(const classifier::Figures& figures);
/// Removed characters, and the Q&A posts that were lost.
[[nodiscard]] std::string removed_section(const classifier::Figures& figures);
/// Nothing when no label knows its chance.
[[nodiscard]] std::string weighted_section(const classifier::WeightedFigures& weighted);
[[nodiscard]] std::string groups_section(const classifier::Evaluation& evaluation);
[[nodiscard]] std::string disagreements_section(const classifier::Evaluation& evaluation);

}  // namespace qanat::app::html
