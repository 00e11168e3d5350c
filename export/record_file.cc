#include "export/record_file.h"

#include <set>

#include "export/field_table.h"
#include "record/json.h"

namespace qanat::exporting {
namespace {

std::string comma_separated(const std::set<std::string>& words) {
  std::string out;
  for (const std::string& word : words) {
    if (!out.empty()) out += ',';
    out += word;
  }
  return out;
}

parquet::Metadata metadata_of(const Fingerprints& fingerprints) {
  return {{"qanat.schema", record::kPostSchema},
          {"qanat.parsers", comma_separated(fingerprints.parsers)},
          {"qanat.rulesets", comma_separated(fingerprints.rulesets)}};
}

}  // namespace

Result<RecordFile> RecordFile::create(const std::string& path) {
  auto file = parquet::FileWriter::create(path, record_fields());
  if (!file) return fail(file.error());
  return RecordFile(*std::move(file));
}

Result<void> RecordFile::write(const Record& record) {
  fingerprints_.add(record.provenance);
  return file_.write(record::record_json(record));
}

Result<WrittenFile> RecordFile::finish(const std::string& program) {
  return file_.finish(metadata_of(fingerprints_), program);
}

}  // namespace qanat::exporting
