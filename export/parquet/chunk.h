#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/error.h"
#include "export/output_file.h"
#include "export/parquet/column.h"
#include "export/parquet/statistics.h"

namespace qanat::exporting::parquet {

/// A column of one row group in the file, as the footer tells of it.
struct Chunk {
  std::int64_t entries = 0;                       ///< nothings included
  std::optional<std::int64_t> dictionary_offset;  ///< of its page, when it has one
  std::int64_t data_offset = 0;                   ///< of the first data page
  std::int64_t bytes = 0;                         ///< in the file
  std::int64_t raw_bytes = 0;                     ///< the same before compression
  Statistics statistics;
};

/// Appends `column` to `file`: its dictionary if that is shorter, then data pages of about
/// `page_bytes` that begin with a row; a longer value is a page by itself.
/// Errors: those of OutputFile::write.
Result<Chunk> write_chunk(OutputFile& file, const Column& column, std::size_t page_bytes);

}  // namespace qanat::exporting::parquet
