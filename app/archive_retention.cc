#include "app/archive_retention.h"

#include <chrono>
#include <string>

namespace qanat::app {
namespace {

/// The oldest month that is kept: "2026-06" for 2 in July.
std::string first_kept(std::int64_t keep, Instant now) {
  const std::chrono::year_month_day today{std::chrono::floor<std::chrono::days>(now)};
  const std::chrono::year_month month =
      std::chrono::year_month{today.year(), today.month()} - std::chrono::months{keep - 1};
  return format_instant(std::chrono::sys_days{month / 1}).substr(0, 7);
}

}  // namespace

Result<std::vector<store::ArchiveMonth>> months_to_prune(store::SnapshotArchive& archive,
                                                         std::int64_t keep,
                                                         Instant now) {
  const auto names = archive.months();
  if (!names) return fail(names.error());
  const std::string kept = first_kept(keep, now);
  std::vector<store::ArchiveMonth> months;
  for (const std::string& name : *names) {
    if (name >= kept) break;
    auto month = archive.summary(name);
    if (!month) return fail(month.error());
    months.push_back(*std::move(month));
  }
  return months;
}

Result<std::vector<store::ArchiveMonth>> prune_archive(store::SnapshotArchive& archive,
                                                       std::int64_t keep,
                                                       Instant now) {
  if (keep == 0) return std::vector<store::ArchiveMonth>();
  auto months = months_to_prune(archive, keep, now);
  if (!months) return months;
  for (const store::ArchiveMonth& month : *months) {
    if (auto removed = archive.remove(month.name); !removed) return fail(removed.error());
  }
  return months;
}

void log_pruned(const Log& log, const Result<std::vector<store::ArchiveMonth>>& pruned) {
  if (!pruned) {
    log.write(
        LogLevel::warn, "archive_not_pruned", {{.name = "error", .value = pruned.error().message}});
    return;
  }
  for (const store::ArchiveMonth& month : *pruned) {
    log.write(LogLevel::info,
              "archive_pruned",
              {{.name = "month", .value = month.name},
               {.name = "pages", .value = std::to_string(month.pages)},
               {.name = "bytes", .value = std::to_string(month.file_bytes)}});
  }
}

}  // namespace qanat::app
