#include "export/parquet.h"

#include "export/record_file.h"
#include "export/rows.h"

namespace qanat::exporting {

Result<WrittenFile> write_parquet(store::Store& store,
                                  const Selection& selection,
                                  const std::string& path,
                                  const std::string& version) {
  auto file = RecordFile::create(path, selection);
  if (!file) return fail(file.error());
  const auto written =
      for_each_row(store, selection, [&](const Record& record) { return file->write(record); });
  if (!written) return fail(written.error());
  return file->finish("qanat version " + version);
}

}  // namespace qanat::exporting
