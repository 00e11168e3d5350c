#include <memory>

#include "app/commands/commands.h"
#include "app/commands/export_file.h"
#include "export/sqlite.h"

namespace qanat::app {

void add_export_sqlite(CLI::App& group, Session& session) {
  CLI::App* command = add_command(group,
                                  "sqlite",
                                  "Write an SQLite database with the posts in one table",
                                  "qanat export sqlite -o set.db --label qa,mixed");
  auto options = std::make_shared<FileExport>();
  options->streams = false;
  add_file_export_options(*command, *options);
  set_action(*command, session, [&session, options] {
    return export_file(session, *options, exporting::write_sqlite);
  });
}

}  // namespace qanat::app
