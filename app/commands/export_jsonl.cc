#include <memory>

#include "app/commands/commands.h"
#include "app/commands/export_file.h"
#include "export/jsonl.h"

namespace qanat::app {

void add_export_jsonl(CLI::App& group, Session& session) {
  CLI::App* command =
      add_command(group,
                  "jsonl",
                  "JSON Lines: one record a line, by channel and message id",
                  "qanat export jsonl -o dataset.jsonl.zst --outcome clean,stripped\n"
                  "qanat export jsonl | head");
  auto options = std::make_shared<FileExport>();
  options->file = "-";
  add_file_export_options(*command, *options);
  command->callback([&session, options] {
    session.action = [&session, options] {
      return export_file(session, *options, exporting::write_jsonl);
    };
  });
}

}  // namespace qanat::app
