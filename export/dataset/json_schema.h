#pragma once

#include <vector>

#include "export/field_table.h"
#include "record/json.h"

namespace qanat::exporting {

/// A JSON Schema (2020-12) of a row.
[[nodiscard]] record::Json json_schema(const std::vector<Field>& fields);

}  // namespace qanat::exporting
