#include "export/increment.h"

#include <utility>

#include "base/sha256.h"
#include "export/changes.h"
#include "export/earlier_rows.h"
#include "export/record_file.h"
#include "export/text_file.h"

namespace qanat::exporting {

Result<Increment> write_increment(store::Store& store,
                                  const Selection& selection,
                                  const std::vector<std::string>& earlier,
                                  const std::string& path) {
  auto file = TextFile::open(path);
  if (!file) return fail(file.error());
  const OnChange told{
      .row = [&](const Record&, const std::string& line) { return file->write_row(line + '\n'); },
      .gone = [&](const PostId& id) { return file->write(tombstone_line(id) + '\n'); }};
  const auto gone = for_each_change(store, selection, earlier, told);
  if (!gone) return fail(gone.error());
  auto written = file->finish();
  if (!written) return fail(written.error());
  return Increment{.file = *std::move(written), .gone = *gone};
}

Result<Increment> write_parquet_increment(store::Store& store,
                                          const Selection& selection,
                                          const std::vector<std::string>& earlier,
                                          const IndexedFile& file) {
  auto rows = RecordFile::create(file.path, selection);
  if (!rows) return fail(rows.error());
  auto index = TextFile::open(file.index);
  if (!index) return fail(index.error());
  const auto take = [&](const Record& record, const std::string& line) -> Result<void> {
    if (auto written = rows->write(record); !written) return written;
    return index->write_row(digest_line(record.post.id, sha256_hex(line)) + '\n');
  };
  const OnChange told{.row = take, .gone = [&](const PostId& id) {
                        return index->write(tombstone_line(id) + '\n');
                      }};
  const auto gone = for_each_change(store, selection, earlier, told);
  if (!gone) return fail(gone.error());
  // Whoever sees the index finds what it is of, and an older index is not taken for this file's.
  rows->outdates(index->target());
  auto written = rows->finish("qanat version " + file.version);
  if (!written) return fail(written.error());
  if (auto finished = index->finish(); !finished) return fail(finished.error());
  return Increment{.file = *std::move(written), .gone = *gone};
}

}  // namespace qanat::exporting
