#pragma once

#include <vector>

#include "base/record.h"
#include "export/field_table.h"
#include "record/json.h"
#include "support/random.h"

/// Tables and rows that the seed alone decides.
namespace qanat::test {

/// One to six fields of any type, objects and lists in one another.
[[nodiscard]] std::vector<exporting::Field> random_fields(Random& random);

/// A row of `fields`: nullable ones are null at times, lists are often empty, texts at times long.
[[nodiscard]] record::Json random_row(Random& random, const std::vector<exporting::Field>& fields);

}  // namespace qanat::test
