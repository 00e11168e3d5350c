#pragma once

#include <functional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/export_selection.h"
#include "app/redaction_option.h"
#include "app/session.h"
#include "base/error.h"
#include "export/increment.h"
#include "export/selection.h"
#include "export/written_file.h"
#include "store/store.h"

/// What the exports share.
namespace qanat::app {

/// Gives what to tell of it, in lines.
using WriteSelected =
    std::function<Result<std::string>(store::Store& store, const exporting::Selection& selection)>;

/// Opens the store, lets `write` write the records that are asked for, redacted unless told
/// otherwise, and says then on `session.err` what it tells and what was taken out. `is_counted`:
/// a terminal shows the records' number meanwhile.
/// Errors: those of read_selection, open_store, check_channels, open_redactor and `write`.
Result<int> export_selected(const Session& session,
                            const SelectionOptions& options,
                            const RedactionOptions& redaction,
                            const WriteSelected& write,
                            bool is_counted = true);

struct FileExport {
  SelectionOptions selection;
  RedactionOptions redaction;
  std::string file;                  ///< "-" is the standard output
  std::string index;                 ///< a second file; empty: none
  std::vector<std::string> earlier;  ///< what it is an increment to; empty: a full export
  bool streams = true;               ///< the format can go to the standard output
};

/// Declares the selection's options, --no-redact and -o; it must be given when `options.file` is
/// empty. `options` outlives `command`.
void add_file_export_options(CLI::App& command, FileExport& options);

using WriteFile = std::function<Result<exporting::WrittenFile>(
    store::Store& store, const exporting::Selection& selection, const std::string& path)>;

/// Writes the records of the selection, and says on `session.err` what was written.
/// Errors: those of check_output and export_selected.
Result<int> export_file(const Session& session, const FileExport& options, const WriteFile& write);

/// Declares --since-export; `options` outlives `command`.
CLI::Option* add_since_export_option(CLI::App& command, FileExport& options);

using WriteIncrement = std::function<Result<exporting::Increment>(
    store::Store& store, const exporting::Selection& selection, const std::string& path)>;

/// The same of an increment, when there is something earlier; says then also how much is gone.
Result<int> export_increment(const Session& session,
                             const FileExport& options,
                             const WriteIncrement& write);

}  // namespace qanat::app
