#include <memory>
#include <string>

#include "app/commands/commands.h"
#include "app/commands/export_file.h"
#include "app/version.h"
#include "export/increment.h"
#include "export/parquet.h"

namespace qanat::app {
namespace {

Result<int> export_parquet(const Session& session, const FileExport& options) {
  const std::string version(kVersion);
  if (options.index.empty()) {
    return export_file(
        session, options, [&](store::Store& store, const auto& selection, const std::string& path) {
          return exporting::write_parquet(store, selection, path, version);
        });
  }
  return export_increment(
      session, options, [&](store::Store& store, const auto& selection, const std::string& path) {
        return exporting::write_parquet_increment(
            store,
            selection,
            options.earlier,
            {.path = path, .index = options.index, .version = version});
      });
}

}  // namespace

void add_export_parquet(CLI::App& group, Session& session) {
  CLI::App* command =
      add_command(group,
                  "parquet",
                  "Write a Parquet file with typed columns",
                  "qanat export parquet -o dataset.parquet --label qa,mixed\n"
                  "qanat export parquet -o base.parquet --index base.index\n"
                  "qanat export parquet -o monday.parquet --index monday.index --since-export "
                  "base.index");
  auto options = std::make_shared<FileExport>();
  add_file_export_options(*command, *options);
  CLI::Option* index =
      command
          ->add_option("--index",
                       options->index,
                       "Also write an index of present and deleted rows, for --since-export")
          ->type_name("FILE");
  add_since_export_option(*command, *options)->needs(index);
  set_action(*command, session, [&session, options] { return export_parquet(session, *options); });
}

}  // namespace qanat::app
