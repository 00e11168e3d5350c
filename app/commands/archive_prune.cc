#include <memory>

#include "app/archive_retention.h"
#include "app/commands/archive.h"
#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/number_option.h"
#include "app/open_store.h"
#include "app/units.h"
#include "base/instant.h"
#include "record/json.h"
#include "store/run_lock.h"

namespace qanat::app {
namespace {

using record::Json;

struct PruneOptions {
  std::int64_t keep = 0;
  bool dry_run = false;
  bool yes = false;
  bool json = false;
};

void print_pruned(const Session& session, const Pruned& pruned, const PruneOptions& options) {
  if (options.json) {
    Json months = Json::array();
    std::int64_t bytes = 0;
    for (const store::ArchiveMonth& month : pruned.months) {
      months.push_back(month.name);
      bytes += month.file_bytes;
    }
    session.out << record::dump_line({{"schema", "qanat.archive_prune/1"},
                                      {"dry_run", options.dry_run},
                                      {"months", std::move(months)},
                                      {"file_bytes", bytes},
                                      {"since", format_instant(pruned.since)},
                                      {"past_notes", pruned.past_notes}})
                << '\n';
    return;
  }
  const std::string verb = options.dry_run ? "would delete " : "deleted ";
  for (const store::ArchiveMonth& month : pruned.months) {
    session.out << verb << month.name << ": " << counted(month.pages, "page") << ", "
                << mebibytes(month.file_bytes) << '\n';
  }
  if (pruned.past_notes > 0) {
    session.out << verb << counted(pruned.past_notes, "note") << " of what posts were before "
                << format_instant(pruned.since) << '\n';
  }
  if (pruned.months.empty()) session.err << "no month is that old\n";
}

Result<int> prune_command(const Session& session, const PruneOptions& options) {
  if (!options.dry_run && !options.yes) {
    return fail(Errc::usage,
                "this deletes fetched bytes, and what posts were then, for good; check with "
                "--dry-run, then give --yes");
  }
  const auto loaded = load_config(session);
  if (!loaded) return fail(loaded.error());
  if (auto found = find_database(*loaded); !found) return fail(found.error());
  auto archive = open_archive(loaded->config.store);
  if (!archive) return fail(archive.error());
  const std::string path = loaded->config.store.path.string();
  if (!options.dry_run) {
    // An upgrade needs the lock for itself.
    const auto upgraded = store::Store::open(path, store::Access::read_write);
    if (!upgraded) return fail(upgraded.error());
  }
  // A crawl has the month open that it writes to.
  const auto lock = store::RunLock::take(path);
  if (!lock) return fail(lock.error());
  const KeptFiles kept{.archive = *archive, .store = path};
  const auto pruned =
      options.dry_run ? find_prunable(kept, options.keep, now()) : prune(kept, options.keep, now());
  if (!pruned) return fail(pruned.error());
  print_pruned(session, *pruned, options);
  return kExitFine;
}

}  // namespace

void add_archive_prune(CLI::App& group, Session& session) {
  CLI::App* command =
      add_command(group,
                  "prune",
                  "Delete old months of fetched bytes, and what --as-of needs of them; posts stay",
                  "qanat archive prune --keep 12 --dry-run\n"
                  "qanat archive prune --keep 12 --yes");
  auto options = std::make_shared<PruneOptions>();
  command->add_option("--keep", options->keep, "How many months to keep, this one included")
      ->type_name("N")
      ->transform(whole_number(1, 1200))
      ->required();
  command->add_flag("--dry-run", options->dry_run, "Only print what would be deleted");
  command->add_flag("--yes", options->yes, "Delete; required unless --dry-run is given");
  command->add_flag(
      "--json", options->json, "One JSON object (docs/schema/archive_prune.schema.json)");
  set_action(*command, session, [&session, options] { return prune_command(session, *options); });
}

}  // namespace qanat::app
