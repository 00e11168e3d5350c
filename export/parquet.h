#pragma once

#include <string>

#include "base/error.h"
#include "export/selection.h"
#include "export/written_file.h"
#include "store/store.h"

namespace qanat::exporting {

/// Writes the records of `selection` as one Parquet file with the columns of
/// record_fields(), in the rows and the order of write_jsonl(). Its metadata say `qanat.schema`,
/// `qanat.parsers` and `qanat.rulesets` (those of its rows, comma-separated). `version` is the
/// program's. The file appears as one of write_jsonl() does.
///
/// Errors: those of write_jsonl().
Result<WrittenFile> write_parquet(store::Store& store,
                                  const Selection& selection,
                                  const std::string& path,
                                  const std::string& version);

}  // namespace qanat::exporting
