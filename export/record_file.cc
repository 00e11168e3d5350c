#include "export/record_file.h"

#include "export/field_table.h"
#include "export/row_metadata.h"
#include "record/json.h"
#include "record/json_writer.h"

namespace qanat::exporting {

Result<RecordFile> RecordFile::create(const std::string& path) {
  auto file = parquet::FileWriter::create(path, record_fields());
  if (!file) return fail(file.error());
  return RecordFile(*std::move(file));
}

Result<void> RecordFile::write(const Record& record) {
  fingerprints_.add(record.provenance);
  return file_.write([&](record::JsonWriter& row) { record::write(row, record); });
}

Result<WrittenFile> RecordFile::finish(const std::string& program) {
  return file_.finish(row_metadata(fingerprints_), program);
}

}  // namespace qanat::exporting
