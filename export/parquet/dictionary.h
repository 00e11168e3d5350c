#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "export/parquet/column.h"

namespace qanat::exporting::parquet {

/// A column's distinct values, in the order in which they first occur, and each value as its place
/// among them.
struct Dictionary {
  std::vector<std::string_view> entries;  ///< of the column
  std::vector<std::uint32_t> codes;
  int width = 1;          ///< bits of a code
  std::size_t bytes = 0;  ///< of the entries, written out
};

/// Nothing when the values are shorter written out, or the dictionary grows beyond a page.
[[nodiscard]] std::optional<Dictionary> dictionary_of(const Column& column);

}  // namespace qanat::exporting::parquet
