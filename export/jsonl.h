#pragma once

#include <string>

#include "base/error.h"
#include "export/selection.h"
#include "export/written_file.h"
#include "store/store.h"

namespace qanat::exporting {

/// Writes the records of `selection` as JSON Lines: one record_json() a line, by channel,
/// then message id, whatever order the filter asks for. The same store and filter give the same
/// bytes. "-" is the standard output.
///
/// A file appears under its name only when it is whole and on the disk: it is written as a .partial
/// of this process beside it and renamed over what was there. A device or a pipe is written
/// directly. After an error the name has what it had before, and no .partial is left.
///
/// Errors: storage, naming the path (no space, read-only, no such folder, a closed pipe); those of
/// Store::for_each.
Result<WrittenFile> write_jsonl(store::Store& store,
                                const Selection& selection,
                                const std::string& path);

}  // namespace qanat::exporting
