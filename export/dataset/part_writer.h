#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/record.h"
#include "export/dataset/data_set.h"
#include "export/output_folder.h"
#include "export/record_file.h"

namespace qanat::exporting {

/// Writes one part of a data set as Parquet files below data/, each of about `file_bytes`.
/// `folder` and `selection` outlive it.
///
/// Errors of every call: storage.
class PartWriter {
 public:
  /// `program`: "qanat version 1.2.3".
  PartWriter(const OutputFolder& folder,
             const Selection& selection,
             std::string name,
             std::string program,
             std::int64_t file_bytes)
      : folder_(&folder),
        selection_(&selection),
        name_(std::move(name)),
        program_(std::move(program)),
        file_bytes_(file_bytes) {}

  Result<void> write(const Record& record);

  /// Gives the files their names, which tell how many there are; one without rows if there are
  /// none. The last call.
  Result<DataPart> finish();

 private:
  Result<void> begin_file();
  Result<void> end_file();
  [[nodiscard]] std::string unnamed(std::size_t index) const;

  const OutputFolder* folder_;
  const Selection* selection_;
  std::string name_;
  std::string program_;
  std::int64_t file_bytes_;
  std::optional<RecordFile> file_;
  std::vector<DataFile> ended_;  ///< not yet named
};

}  // namespace qanat::exporting
