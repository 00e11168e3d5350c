#include "export/jsonl.h"

#include <utility>

#include "export/output_file.h"
#include "export/rows.h"
#include "record/json.h"

namespace qanat::exporting {

Result<WrittenFile> write_jsonl(store::Store& store,
                                const store::RecordFilter& filter,
                                const std::string& path) {
  auto file = OutputFile::open(path);
  if (!file) return fail(file.error());
  std::int64_t rows = 0;
  const auto written = for_each_row(store, filter, [&](const Record& record) {
    ++rows;
    return file->write(record::dump_line(record::record_json(record)) + '\n');
  });
  if (!written) return fail(written.error());
  if (auto finished = file->finish(); !finished) return fail(finished.error());
  return WrittenFile{.rows = rows, .bytes = file->size(), .sha256 = file->sha256()};
}

}  // namespace qanat::exporting
