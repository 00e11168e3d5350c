#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "export/field_table.h"
#include "export/parquet/chunk.h"

namespace qanat::exporting::parquet {

struct RowGroup {
  std::int64_t rows = 0;
  std::vector<Chunk> chunks;  ///< of the columns, in their order
};

/// Words of ours about the whole file: key and value.
using Metadata = std::vector<std::pair<std::string, std::string>>;

/// What the last part of a file says.
struct Footer {
  std::vector<Field> fields;
  std::vector<RowGroup> groups;
  Metadata metadata;
  std::string created_by;  ///< "qanat version 1.2.3"
};

/// As it is written, without its length and the mark behind it.
[[nodiscard]] std::string footer_bytes(const Footer& footer);

}  // namespace qanat::exporting::parquet
