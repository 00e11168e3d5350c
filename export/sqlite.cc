#include "export/sqlite.h"

#include "export/database_file.h"
#include "export/rows.h"

namespace qanat::exporting {

Result<WrittenFile> write_sqlite(store::Store& store,
                                 const Selection& selection,
                                 const std::string& path) {
  auto file = DatabaseFile::create(path, selection);
  if (!file) return fail(file.error());
  const auto written =
      for_each_row(store, selection, [&](const Record& record) { return file->write(record); });
  if (!written) return fail(written.error());
  return file->finish();
}

}  // namespace qanat::exporting
