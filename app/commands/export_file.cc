#include "app/commands/export_file.h"

#include <optional>
#include <utility>

#include "app/exit_code.h"
#include "app/open_store.h"
#include "app/output_target.h"
#include "app/post_counter.h"
#include "app/units.h"
#include "store/past_records.h"

namespace qanat::app {
namespace {

/// Nothing without --as-of.
Result<std::optional<store::PastRecords>> open_past(const store::Store& store,
                                                    const SelectionOptions& options) {
  const auto as_of = read_as_of(options);
  if (!as_of) return fail(as_of.error());
  if (!*as_of) return std::nullopt;
  auto past = store::PastRecords::open(store, **as_of);
  if (!past) return fail(past.error());
  return *std::move(past);
}

}  // namespace

void add_file_export_options(CLI::App& command, FileExport& options) {
  const bool is_required = options.file.empty();
  command
      .add_option("-o,--output",
                  options.file,
                  options.streams ? "The file, or - for standard output" : "The file")
      ->type_name(options.streams ? "FILE|-" : "FILE")
      ->required(is_required);
  add_selection_options(command, options.selection);
  add_redaction_option(command, options.redaction);
}

Result<int> export_selected(const Session& session,
                            const SelectionOptions& options,
                            const RedactionOptions& redaction,
                            const WriteSelected& write,
                            bool is_counted) {
  auto selection = read_selection(options);
  if (!selection) return fail(selection.error());
  auto store = open_store(session, store::Access::read_only);
  if (!store) return fail(store.error());
  if (auto met = check_channels(*store, selection->stored.channels); !met) {
    return fail(met.error());
  }
  auto past = open_past(*store, options);
  if (!past) return fail(past.error());
  if (*past) selection->past = &**past;
  auto redactor = open_redactor(redaction, *store, selection->past);
  if (!redactor) return fail(redactor.error());
  if (*redactor) selection->redactor = &**redactor;
  selection->not_redacted_because = redaction.reason_against;
  const PostCounter counter(session);
  if (is_counted) selection->watch = [&](std::size_t posts) { counter.show(posts); };
  const auto told = write(*store, *selection);
  counter.clear();
  if (!told) return fail(told.error());
  session.err << *told;
  tell_redaction(redaction, *redactor, session.err);
  return kExitFine;
}

Result<int> export_file(const Session& session, const FileExport& options, const WriteFile& write) {
  OutputTarget target{.files = {options.file}, .read = options.earlier};
  if (!options.index.empty()) target.files.push_back(options.index);
  if (auto free = check_output(session, target); !free) return fail(free.error());
  const auto write_selected = [&](store::Store& store,
                                  const exporting::Selection& selection) -> Result<std::string> {
    session.out.flush();
    const auto written = write(store, selection, options.file);
    if (!written) return fail(written.error());
    std::string told = counted(written->rows, "post") + ", " + counted(written->bytes, "byte");
    told += ", sha256 " + written->sha256 + '\n';
    return told;
  };
  // A count would stand between the rows.
  const bool is_counted = options.file != "-" || !session.out_terminal.is_tty;
  return export_selected(session, options.selection, options.redaction, write_selected, is_counted);
}

CLI::Option* add_since_export_option(CLI::App& command, FileExport& options) {
  return command
      .add_option("--since-export",
                  options.earlier,
                  "Only what changed since this earlier export; repeat it for each increment of it")
      ->type_name("FILE")
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

Result<int> export_increment(const Session& session,
                             const FileExport& options,
                             const WriteIncrement& write) {
  std::int64_t gone = 0;
  const auto write_rows = [&](store::Store& store,
                              const exporting::Selection& selection,
                              const std::string& path) -> Result<exporting::WrittenFile> {
    const auto increment = write(store, selection, path);
    if (!increment) return fail(increment.error());
    gone = increment->gone;
    return increment->file;
  };
  const auto code = export_file(session, options, write_rows);
  if (code && !options.earlier.empty()) {
    session.err << "these are new or changed; " << counted(gone, "post") << " gone\n";
  }
  return code;
}

}  // namespace qanat::app
