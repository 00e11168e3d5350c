#pragma once

#include <span>
#include <vector>

#include "export/field_table.h"
#include "export/parquet/column.h"
#include "record/json.h"

namespace qanat::exporting::parquet {

/// Adds `row` to `columns`, which are those of leaves_of(fields). The row has every field as a key,
/// in their order, of its type; invalid UTF-8 is replaced.
void shred(const std::vector<Field>& fields, const record::Json& row, std::span<Column> columns);

}  // namespace qanat::exporting::parquet
