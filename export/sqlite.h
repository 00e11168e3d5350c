#pragma once

#include <string>

#include "base/error.h"
#include "export/selection.h"
#include "export/written_file.h"
#include "store/store.h"

namespace qanat::exporting {

/// Writes the records of `selection` as a DatabaseFile, in the rows and the order of write_jsonl().
///
/// Errors: those of DatabaseFile and Store::for_each.
Result<WrittenFile> write_sqlite(store::Store& store,
                                 const Selection& selection,
                                 const std::string& path);

}  // namespace qanat::exporting
