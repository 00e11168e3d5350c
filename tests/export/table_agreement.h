#pragma once

#include <vector>

#include "export/field_table.h"
#include "record/json.h"

/// Descriptions of a table, read back as tables of fields.
namespace qanat::test {

/// The fields that a JSON Schema of a row asks for; meanings are left out. Checks that each is
/// required.
[[nodiscard]] std::vector<exporting::Field> fields_of_schema(const record::Json& schema);

/// Without meanings, in all depths.
[[nodiscard]] std::vector<exporting::Field> without_meanings(std::vector<exporting::Field> fields);

/// Every field and part of a field is the same in both.
void check_agreement(const std::vector<exporting::Field>& mine,
                     const std::vector<exporting::Field>& documented);

}  // namespace qanat::test
