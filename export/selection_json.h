#pragma once

#include "export/selection.h"
#include "record/json.h"

namespace qanat::exporting {

/// What a selection asks for, every key, null or [] where it asks for nothing.
[[nodiscard]] record::Json selection_json(const Selection& selection);

}  // namespace qanat::exporting
