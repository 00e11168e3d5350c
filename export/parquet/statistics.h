#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "export/parquet/column.h"

namespace qanat::exporting::parquet {

/// A bound of a column's values, in the plain encoding.
struct Bound {
  std::string value;
  bool exact = true;  ///< it is one of the values; else it only bounds them

  bool operator==(const Bound&) const = default;
};

/// What lets a reader skip a row group. Texts are ordered by their bytes.
struct Statistics {
  std::int64_t nulls = 0;    ///< entries without a value
  std::optional<Bound> min;  ///< nothing when there is no value
  std::optional<Bound> max;  ///< nothing also when a long text has no short bound

  bool operator==(const Statistics&) const = default;
};

[[nodiscard]] Statistics statistics_of(const Column& column);

}  // namespace qanat::exporting::parquet
