#include "export/parquet.h"

#include <set>

#include "export/field_table.h"
#include "export/fingerprints.h"
#include "export/parquet/file_writer.h"
#include "export/rows.h"
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

Result<WrittenFile> write_parquet(store::Store& store,
                                  const store::RecordFilter& filter,
                                  const std::string& path,
                                  const std::string& version) {
  auto file = parquet::FileWriter::create(path, record_fields());
  if (!file) return fail(file.error());
  Fingerprints fingerprints;
  const auto written = for_each_row(store, filter, [&](const Record& record) {
    fingerprints.add(record.provenance);
    return file->write(record::record_json(record));
  });
  if (!written) return fail(written.error());
  return file->finish(metadata_of(fingerprints), "qanat version " + version);
}

}  // namespace qanat::exporting
