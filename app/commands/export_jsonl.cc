#include <memory>
#include <string>

#include "app/commands/commands.h"
#include "app/commands/export_file.h"
#include "export/increment.h"
#include "export/jsonl.h"

namespace qanat::app {
namespace {

Result<int> export_jsonl(const Session& session, const FileExport& options) {
  if (options.earlier.empty()) return export_file(session, options, exporting::write_jsonl);
  return export_increment(
      session, options, [&](store::Store& store, const auto& selection, const std::string& path) {
        return exporting::write_increment(store, selection, options.earlier, path);
      });
}

}  // namespace

void add_export_jsonl(CLI::App& group, Session& session) {
  CLI::App* command =
      add_command(group,
                  "jsonl",
                  "Write JSON Lines: one record per line, by channel and message id",
                  "qanat export jsonl -o dataset.jsonl.zst --outcome clean,stripped\n"
                  "qanat export jsonl -o monday.jsonl --since-export dataset.jsonl.zst\n"
                  "qanat export jsonl | head");
  auto options = std::make_shared<FileExport>();
  options->file = "-";
  add_file_export_options(*command, *options);
  add_since_export_option(*command, *options);
  set_action(*command, session, [&session, options] { return export_jsonl(session, *options); });
}

}  // namespace qanat::app
