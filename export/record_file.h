#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "base/error.h"
#include "base/record.h"
#include "export/fingerprints.h"
#include "export/parquet/file_writer.h"
#include "export/row_metadata.h"
#include "export/selection.h"
#include "export/written_file.h"

namespace qanat::exporting {

/// A Parquet file of records, with the columns of record_fields() and the metadata of
/// row_metadata() and redaction_metadata().
///
/// Errors of every call: those of parquet::FileWriter.
class RecordFile {
 public:
  /// For records of `selection`.
  static Result<RecordFile> create(const std::string& path, const Selection& selection);

  Result<void> write(const Record& record);

  /// In the file so far; rows of the last row group come later.
  [[nodiscard]] std::int64_t size() const { return file_.size(); }

  /// A file that tells of the one which this takes the place of: it goes when this appears.
  void outdates(std::string path) { file_.outdates(std::move(path)); }

  /// The last call. `program`: "qanat version 1.2.3".
  Result<WrittenFile> finish(const std::string& program);

 private:
  RecordFile(parquet::FileWriter file, FileMetadata redaction)
      : file_(std::move(file)), redaction_(std::move(redaction)) {}

  parquet::FileWriter file_;
  FileMetadata redaction_;
  Fingerprints fingerprints_;
};

}  // namespace qanat::exporting
