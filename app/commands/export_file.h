#pragma once

#include <functional>
#include <string>

#include <CLI/CLI.hpp>

#include "app/export_selection.h"
#include "app/redaction_option.h"
#include "app/session.h"
#include "base/error.h"
#include "export/selection.h"
#include "export/written_file.h"
#include "store/store.h"

/// What the exports to one file share.
namespace qanat::app {

struct FileExport {
  SelectionOptions selection;
  RedactionOptions redaction;
  std::string file;  ///< "-" is the standard output
};

/// Declares the selection's options, --no-redact and -o; it must be given when `options.file` is
/// empty. `options` outlives `command`.
void add_file_export_options(CLI::App& command, FileExport& options);

using WriteFile = std::function<Result<exporting::WrittenFile>(
    store::Store& store, const exporting::Selection& selection, const std::string& path)>;

/// Writes the records of the selection, and says on `session.err` what was written.
/// Errors: those of read_selection, open_store, open_redactor and `write`.
Result<int> export_file(const Session& session, const FileExport& options, const WriteFile& write);

}  // namespace qanat::app
