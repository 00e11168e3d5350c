#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/error.h"
#include "export/field_table.h"
#include "export/output_file.h"
#include "export/parquet/column.h"
#include "export/parquet/footer.h"
#include "export/written_file.h"
#include "record/json_writer.h"

namespace qanat::exporting::parquet {

/// How much is kept together. The same limits and rows give the same bytes.
struct Limits {
  std::size_t group_bytes = std::size_t{32} << 20U;  ///< of a row group in memory
  std::size_t page_bytes = std::size_t{1} << 20U;    ///< of a page before compression
};

/// Writes a Parquet file, row by row: a small frozen part of the format that every reader knows
/// (docs/exporting.md). Pages are zstd frames. Holds one row group in memory, and appears under
/// its name as OutputFile does.
///
/// Errors of every call: those of OutputFile.
class FileWriter {
 public:
  static Result<FileWriter> create(const std::string& path,
                                   std::vector<Field> fields,
                                   const Limits& limits = {});

  /// `row` writes one as Shredder wants it.
  Result<void> write(const std::function<void(record::JsonWriter&)>& row);

  /// As OutputFile has it.
  void outdates(std::string path) { file_.outdates(std::move(path)); }

  /// Bytes in the file so far: those of ended row groups.
  [[nodiscard]] std::int64_t size() const { return file_.size(); }

  /// The last call. `created_by`: "qanat version 1.2.3".
  Result<WrittenFile> finish(Metadata metadata, std::string created_by);

 private:
  FileWriter(OutputFile file, std::vector<Field> fields, const Limits& limits);

  Result<void> end_group();

  OutputFile file_;
  Limits limits_;
  Footer footer_;
  std::vector<Column> columns_;
  std::int64_t group_rows_ = 0;
  std::int64_t rows_ = 0;
  std::int64_t raw_bytes_ = 0;
};

}  // namespace qanat::exporting::parquet
