#include "export/jsonl.h"

#include <utility>

#include "export/output_file.h"
#include "record/json.h"

namespace qanat::exporting {

Result<JsonlReport> write_jsonl(store::Store& store,
                                const store::RecordFilter& filter,
                                const std::string& path) {
  auto file = OutputFile::open(path);
  if (!file) return fail(file.error());
  store::RecordFilter ordered = filter;
  ordered.newest_first = false;
  std::int64_t rows = 0;
  Result<void> written;
  auto read = store.for_each(ordered, [&](const Record& record) {
    ++rows;
    written = file->write(record::dump_line(record::record_json(record)) + '\n');
    return written.has_value();
  });
  if (!read) return fail(read.error());
  if (!written) return fail(written.error());
  if (auto finished = file->finish(); !finished) return fail(finished.error());
  return JsonlReport{.rows = rows, .bytes = file->size(), .sha256 = file->sha256()};
}

}  // namespace qanat::exporting
