#include <memory>

#include "app/commands/commands.h"
#include "app/commands/export_file.h"
#include "export/csv.h"

namespace qanat::app {

void add_export_csv(CLI::App& group, Session& session) {
  CLI::App* command =
      add_command(group,
                  "csv",
                  "Write CSV with a header, for spreadsheets; a list is JSON in one cell",
                  "qanat export csv -o qa.csv --label qa\n"
                  "qanat export csv -o qa.csv.gz --lang ru --min-views 1000");
  auto options = std::make_shared<FileExport>();
  options->file = "-";
  add_file_export_options(*command, *options);
  set_action(*command, session, [&session, options] {
    return export_file(session, *options, exporting::write_csv);
  });
}

}  // namespace qanat::app
