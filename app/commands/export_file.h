#pragma once

#include <functional>
#include <string>

#include <CLI/CLI.hpp>

#include "app/record_filter.h"
#include "app/session.h"
#include "base/error.h"
#include "export/written_file.h"
#include "store/store.h"

/// What the exports to one file share.
namespace qanat::app {

struct FileExport {
  FilterOptions filter;
  std::string file;  ///< "-" is the standard output
};

/// Declares the filter's options and -o; it must be given when `options.file` is empty. `options`
/// outlives `command`.
void add_file_export_options(CLI::App& command, FileExport& options);

using WriteFile = std::function<Result<exporting::WrittenFile>(
    store::Store& store, const store::RecordFilter& filter, const std::string& path)>;

/// Writes the records that the filter selects, and says on `session.err` what was written.
/// Errors: those of read_filter, open_store and `write`.
Result<int> export_file(const Session& session, const FileExport& options, const WriteFile& write);

}  // namespace qanat::app
