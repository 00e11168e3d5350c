#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "export/parquet/schema.h"

/// Parquet's plain encoding. `value` is one of Column::value().
namespace qanat::exporting::parquet {

/// Bytes that a value takes; a boolean's bit counts as a byte.
[[nodiscard]] std::size_t plain_size(PhysicalType type, std::string_view value);

/// Appends a value that is no boolean: those are packed together.
void append_plain(std::string& out, PhysicalType type, std::string_view value);

}  // namespace qanat::exporting::parquet
