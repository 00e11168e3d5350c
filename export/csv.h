#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "export/field_table.h"
#include "export/selection.h"
#include "export/written_file.h"
#include "record/json.h"
#include "store/store.h"

namespace qanat::exporting {

/// The fields' names as CSV's first line.
[[nodiscard]] std::string csv_header(const std::vector<Field>& fields);

/// A row as a line of CSV (RFC 4180): values by commas, a line break \r\n at the end.
/// Objects and lists are their JSON; null is nothing, an empty text is "".
[[nodiscard]] std::string csv_line(const record::Json& row);

/// Writes the records of `selection` as CSV with a header, in the rows and the order of
/// write_jsonl(); compressed and appearing as its file does.
///
/// Errors: those of write_jsonl().
Result<WrittenFile> write_csv(store::Store& store,
                              const Selection& selection,
                              const std::string& path);

}  // namespace qanat::exporting
