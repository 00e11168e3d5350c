#include <algorithm>
#include <memory>

#include "app/commands/archive.h"
#include "app/commands/commands.h"
#include "app/exit_code.h"
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

/// The oldest month that is kept, when `keep` are, this one included: "2026-06" for 2 in July.
std::string first_kept(std::int64_t keep) {
  const auto today = std::chrono::floor<std::chrono::days>(now());
  const std::chrono::year_month month =
      std::chrono::year_month{std::chrono::year_month_day{today}.year(),
                              std::chrono::year_month_day{today}.month()} -
      std::chrono::months{keep - 1};
  return format_instant(std::chrono::sys_days{month / 1}).substr(0, 7);
}

void print_pruned(const Session& session,
                  const std::vector<store::ArchiveMonth>& pruned,
                  const PruneOptions& options) {
  if (options.json) {
    Json months = Json::array();
    std::int64_t bytes = 0;
    for (const store::ArchiveMonth& month : pruned) {
      months.push_back(month.name);
      bytes += month.file_bytes;
    }
    session.out << record::dump_line({{"schema", "qanat.archive_prune/1"},
                                      {"dry_run", options.dry_run},
                                      {"months", std::move(months)},
                                      {"file_bytes", bytes}})
                << '\n';
    return;
  }
  for (const store::ArchiveMonth& month : pruned) {
    session.out << (options.dry_run ? "would delete " : "deleted ") << month.name << ": "
                << counted(month.pages, "page") << ", " << mebibytes(month.file_bytes) << '\n';
  }
  if (pruned.empty()) session.err << "no month is that old\n";
}

Result<int> prune(const Session& session, const PruneOptions& options) {
  if (!options.dry_run && !options.yes) {
    return fail(Errc::usage,
                "this deletes fetched bytes for good; look with --dry-run, then say --yes");
  }
  const auto loaded = load_config(session);
  if (!loaded) return fail(loaded.error());
  auto archive = open_archive(loaded->config.store);
  if (!archive) return fail(archive.error());
  // A crawl has the month open that it writes to.
  const auto lock = store::RunLock::take(loaded->config.store.path.string());
  if (!lock) return fail(lock.error());
  const auto months = archive->months();
  if (!months) return fail(months.error());
  const std::string kept = first_kept(options.keep);
  std::vector<store::ArchiveMonth> pruned;
  for (const std::string& name : *months) {
    if (name >= kept) break;
    auto month = archive->summary(name);
    if (!month) return fail(month.error());
    pruned.push_back(*std::move(month));
    if (options.dry_run) continue;
    if (auto removed = archive->remove(name); !removed) return fail(removed.error());
  }
  print_pruned(session, pruned, options);
  return kExitFine;
}

}  // namespace

void add_archive_prune(CLI::App& group, Session& session) {
  CLI::App* command = add_command(group,
                                  "prune",
                                  "Deletes old months; posts and verdicts stay",
                                  "qanat archive prune --keep 12 --dry-run\n"
                                  "qanat archive prune --keep 12 --yes");
  auto options = std::make_shared<PruneOptions>();
  command->add_option("--keep", options->keep, "How many months to keep, this one included")
      ->type_name("N")
      ->check(CLI::Range(1, 1200))
      ->required();
  command->add_flag("--dry-run", options->dry_run, "Only say what would go");
  command->add_flag("--yes", options->yes, "Really delete");
  command->add_flag(
      "--json", options->json, "One JSON object (docs/schema/archive_prune.schema.json)");
  command->callback([&session, options] {
    session.action = [&session, options] { return prune(session, *options); };
  });
}

}  // namespace qanat::app
