#include <memory>

#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/open_store.h"
#include "app/record_filter.h"
#include "app/units.h"
#include "export/jsonl.h"

namespace qanat::app {
namespace {

struct ExportOptions {
  FilterOptions filter;
  std::string file = "-";
};

Result<int> export_jsonl(const Session& session, const ExportOptions& options) {
  const auto filter = read_filter(options.filter);
  if (!filter) return fail(filter.error());
  auto store = open_store(session, store::Access::read_only);
  if (!store) return fail(store.error());
  if (auto told = tell_stranger(*store, *filter, session.err); !told) return fail(told.error());
  session.out.flush();
  const auto report = exporting::write_jsonl(*store, *filter, options.file);
  if (!report) return fail(report.error());
  session.err << counted(report->rows, "post") << ", " << counted(report->bytes, "byte")
              << ", sha256 " << report->sha256 << '\n';
  return kExitFine;
}

}  // namespace

void add_export(CLI::App& parent, Session& session) {
  CLI::App* group = add_group(parent, "export", "The stored posts as a data set");
  CLI::App* command = add_command(*group,
                                  "jsonl",
                                  "JSON Lines: one record a line, by channel and message id",
                                  "qanat export jsonl -o dataset.jsonl --outcome clean,stripped\n"
                                  "qanat export jsonl | head");
  auto options = std::make_shared<ExportOptions>();
  command->add_option("-o,--output", options->file, "The file, or - for standard output")
      ->type_name("FILE|-");
  add_filter_options(*command, options->filter);
  command->callback([&session, options] {
    session.action = [&session, options] { return export_jsonl(session, *options); };
  });
}

}  // namespace qanat::app
