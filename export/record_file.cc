#include "export/record_file.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "export/field_table.h"
#include "record/json.h"
#include "record/json_writer.h"

namespace qanat::exporting {

Result<RecordFile> RecordFile::create(const std::string& path, const Selection& selection) {
  auto file = parquet::FileWriter::create(path, record_fields());
  if (!file) return fail(file.error());
  return RecordFile(*std::move(file), redaction_metadata(selection));
}

Result<void> RecordFile::write(const Record& record) {
  fingerprints_.add(record);
  return file_.write([&](record::JsonWriter& row) { record::write(row, record); });
}

Result<WrittenFile> RecordFile::finish(const std::string& program) {
  FileMetadata metadata = row_metadata(fingerprints_);
  std::ranges::move(redaction_, std::back_inserter(metadata));
  return file_.finish(std::move(metadata), program);
}

}  // namespace qanat::exporting
