#include "app/commands/export_file.h"

#include "app/exit_code.h"
#include "app/open_store.h"
#include "app/units.h"

namespace qanat::app {

void add_file_export_options(CLI::App& command, FileExport& options) {
  const bool is_required = options.file.empty();
  command.add_option("-o,--output", options.file, "The file, or - for standard output")
      ->type_name("FILE|-")
      ->required(is_required);
  add_selection_options(command, options.selection);
  add_redaction_option(command, options.redaction);
}

Result<int> export_selected(const Session& session,
                            const SelectionOptions& options,
                            const RedactionOptions& redaction,
                            const WriteSelected& write) {
  auto selection = read_selection(options);
  if (!selection) return fail(selection.error());
  auto store = open_store(session, store::Access::read_only);
  if (!store) return fail(store.error());
  if (auto told = tell_stranger(*store, selection->stored, session.err); !told) {
    return fail(told.error());
  }
  auto redactor = open_redactor(redaction, *store);
  if (!redactor) return fail(redactor.error());
  if (*redactor) selection->redactor = &**redactor;
  if (auto written = write(*store, *selection); !written) return fail(written.error());
  tell_redaction(redaction, *redactor, session.err);
  return kExitFine;
}

Result<int> export_file(const Session& session, const FileExport& options, const WriteFile& write) {
  const auto write_selected = [&](store::Store& store,
                                  const exporting::Selection& selection) -> Result<void> {
    session.out.flush();
    const auto written = write(store, selection, options.file);
    if (!written) return fail(written.error());
    session.err << counted(written->rows, "post") << ", " << counted(written->bytes, "byte")
                << ", sha256 " << written->sha256 << '\n';
    return {};
  };
  return export_selected(session, options.selection, options.redaction, write_selected);
}

}  // namespace qanat::app
