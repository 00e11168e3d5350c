#include "export/jsonl.h"

#include "export/rows.h"
#include "export/text_file.h"
#include "record/json.h"

namespace qanat::exporting {

Result<WrittenFile> write_jsonl(store::Store& store,
                                const Selection& selection,
                                const std::string& path) {
  auto file = TextFile::open(path);
  if (!file) return fail(file.error());
  const auto written = for_each_row(store, selection, [&](const Record& record) {
    return file->write_row(record::record_line(record) + '\n');
  });
  if (!written) return fail(written.error());
  return file->finish();
}

}  // namespace qanat::exporting
