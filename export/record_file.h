#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "base/error.h"
#include "base/record.h"
#include "export/fingerprints.h"
#include "export/parquet/file_writer.h"
#include "export/written_file.h"

namespace qanat::exporting {

/// A Parquet file of records, with the columns of record_fields() and the metadata of
/// row_metadata().
///
/// Errors of every call: those of parquet::FileWriter.
class RecordFile {
 public:
  static Result<RecordFile> create(const std::string& path);

  Result<void> write(const Record& record);

  /// In the file so far; rows of the last row group come later.
  [[nodiscard]] std::int64_t size() const { return file_.size(); }

  /// The last call. `program`: "qanat version 1.2.3".
  Result<WrittenFile> finish(const std::string& program);

 private:
  explicit RecordFile(parquet::FileWriter file) : file_(std::move(file)) {}

  parquet::FileWriter file_;
  Fingerprints fingerprints_;
};

}  // namespace qanat::exporting
