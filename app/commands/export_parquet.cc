#include <memory>
#include <string>

#include "app/commands/commands.h"
#include "app/commands/export_file.h"
#include "app/version.h"
#include "export/parquet.h"

namespace qanat::app {
namespace {

Result<exporting::WrittenFile> write_parquet_file(store::Store& store,
                                                  const exporting::Selection& selection,
                                                  const std::string& path) {
  return exporting::write_parquet(store, selection, path, std::string(kVersion));
}

}  // namespace

void add_export_parquet(CLI::App& group, Session& session) {
  CLI::App* command =
      add_command(group,
                  "parquet",
                  "A Parquet file: typed columns that data tools read without being told how",
                  "qanat export parquet -o dataset.parquet --label qa,mixed\n"
                  "qanat export parquet -o today.parquet --since 2026-07-24");
  auto options = std::make_shared<FileExport>();
  add_file_export_options(*command, *options);
  command->callback([&session, options] {
    session.action = [&session, options] {
      return export_file(session, *options, write_parquet_file);
    };
  });
}

}  // namespace qanat::app
