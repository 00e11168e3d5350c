#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "export/selection.h"
#include "export/written_file.h"
#include "store/store.h"

namespace qanat::exporting {

/// What an increment holds.
struct Increment {
  WrittenFile file;       ///< its rows are those that are new or changed
  std::int64_t gone = 0;  ///< tombstones: rows that the selection has no longer
};

/// Writes what `selection` has otherwise than `earlier`, a full export as JSON Lines and then its
/// increments, in their order: rows that are new or changed as write_jsonl writes them, and
/// a tombstone_line for those that are gone; all by channel
/// and message id. Applied to `earlier` it gives what write_jsonl gives now, line by line. Memory
/// does not grow with the files. `path` as for TextFile.
///
/// Errors: those of for_each_change and TextFile.
Result<Increment> write_increment(store::Store& store,
                                  const Selection& selection,
                                  const std::vector<std::string>& earlier,
                                  const std::string& path);

/// A Parquet file beside its index.
struct IndexedFile {
  std::string path;
  std::string index;    ///< as for TextFile
  std::string version;  ///< the program's
};

/// The same as Parquet, which has no place for what is gone: the file has the rows that are new or
/// changed, and its index, as JSON Lines, a digest_line for each of them and a tombstone_line for
/// each that is gone, so that a later increment can be compared with it. Without `earlier`: a full
/// export.
///
/// Errors: also those of RecordFile.
Result<Increment> write_parquet_increment(store::Store& store,
                                          const Selection& selection,
                                          const std::vector<std::string>& earlier,
                                          const IndexedFile& file);

}  // namespace qanat::exporting
