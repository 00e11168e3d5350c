#pragma once

#include <string>

#include "classifier/audit/calibration.h"

namespace qanat::app::html {

/// The reliability diagram as inline SVG: said against seen share by bin, a Wilson bar each, and
/// the diagonal where both are equal.
[[nodiscard]] std::string reliability_diagram(const classifier::Calibration& calibration);

/// Diagram, Brier score, expected calibration error, and the bins as a table.
[[nodiscard]] std::string calibration_section(const classifier::Calibration& calibration);

}  // namespace qanat::app::html
