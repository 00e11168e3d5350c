#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/commands/commands.h"
#include "app/commands/export_file.h"
#include "app/units.h"
#include "export/increment.h"
#include "export/jsonl.h"

namespace qanat::app {
namespace {

struct JsonlExport {
  FileExport file;
  std::vector<std::string> earlier;  ///< empty: a full export
};

Result<int> export_jsonl(const Session& session, const JsonlExport& options) {
  if (options.earlier.empty()) return export_file(session, options.file, exporting::write_jsonl);
  std::int64_t gone = 0;
  const auto write = [&](store::Store& store,
                         const exporting::Selection& selection,
                         const std::string& path) -> Result<exporting::WrittenFile> {
    const auto increment = exporting::write_increment(store, selection, options.earlier, path);
    if (!increment) return fail(increment.error());
    gone = increment->gone;
    return increment->file;
  };
  const auto code = export_file(session, options.file, write);
  if (code) session.err << "these are new or changed; " << counted(gone, "post") << " gone\n";
  return code;
}

}  // namespace

void add_export_jsonl(CLI::App& group, Session& session) {
  CLI::App* command =
      add_command(group,
                  "jsonl",
                  "JSON Lines: one record a line, by channel and message id",
                  "qanat export jsonl -o dataset.jsonl.zst --outcome clean,stripped\n"
                  "qanat export jsonl -o monday.jsonl --since-export dataset.jsonl.zst\n"
                  "qanat export jsonl | head");
  auto options = std::make_shared<JsonlExport>();
  options->file.file = "-";
  add_file_export_options(*command, options->file);
  command
      ->add_option("--since-export",
                   options->earlier,
                   "Only what changed since this earlier export; again for each of its increments")
      ->type_name("FILE")
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command->callback([&session, options] {
    session.action = [&session, options] { return export_jsonl(session, *options); };
  });
}

}  // namespace qanat::app
