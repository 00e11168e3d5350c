#include "app/archive_retention.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "store/past_pruning.h"

namespace qanat::app {
namespace {

/// The beginning of the oldest month that is kept: of June for 2 in July.
Instant first_kept(std::int64_t keep, Instant now) {
  const std::chrono::year_month_day today{std::chrono::floor<std::chrono::days>(now)};
  const std::chrono::year_month month =
      std::chrono::year_month{today.year(), today.month()} - std::chrono::months{keep - 1};
  return std::chrono::sys_days{month / 1};
}

/// The archive's months before `since`; the notes of the past are not counted.
Result<Pruned> find_months(store::SnapshotArchive& archive, Instant since) {
  const auto names = archive.months();
  if (!names) return fail(names.error());
  Pruned pruned{.since = since, .months = {}};
  const std::string kept = format_instant(since).substr(0, 7);
  for (const std::string& name : *names) {
    if (name >= kept) break;
    auto month = archive.summary(name);
    if (!month) return fail(month.error());
    pruned.months.push_back(*std::move(month));
  }
  return pruned;
}

/// The beginning of the `keep`-th newest month that there is by now; nothing when there are fewer.
Result<std::optional<Instant>> first_of_newest(store::SnapshotArchive& archive,
                                               std::int64_t keep,
                                               Instant now) {
  auto names = archive.months();
  if (!names) return fail(names.error());
  // Those of the future are a wrong clock's.
  const std::string current = format_instant(now).substr(0, 7);
  std::erase_if(*names, [&](const std::string& name) { return name > current; });
  if (std::cmp_less(names->size(), keep)) return std::nullopt;
  return parse_instant((*names)[names->size() - static_cast<std::size_t>(keep)] + "-01T00:00:00Z");
}

Result<Pruned> prune_before(const KeptFiles& files,
                            Instant since,
                            const store::MayGoOn& may_go_on) {
  auto pruned = find_months(files.archive, since);
  if (!pruned) return pruned;
  const auto notes = store::prune_past(files.store, since, may_go_on);
  if (!notes) return fail(notes.error());
  pruned->past_notes = *notes;
  auto month = pruned->months.begin();
  for (; month != pruned->months.end() && may_go_on(); ++month) {
    if (auto removed = files.archive.remove(month->name); !removed) return fail(removed.error());
  }
  pruned->months.erase(month, pruned->months.end());
  return pruned;
}

}  // namespace

Result<Pruned> find_prunable(const KeptFiles& files, std::int64_t keep, Instant now) {
  auto pruned = find_months(files.archive, first_kept(keep, now));
  if (!pruned) return pruned;
  const auto notes = store::count_past_before(files.store, pruned->since);
  if (!notes) return fail(notes.error());
  pruned->past_notes = *notes;
  return pruned;
}

Result<Pruned> prune(const KeptFiles& files, std::int64_t keep, Instant now) {
  return prune_before(files, first_kept(keep, now), [] { return true; });
}

Result<std::optional<Instant>> kept_since(store::SnapshotArchive& archive,
                                          std::int64_t keep,
                                          Instant now) {
  if (keep == 0) return std::nullopt;
  const auto newest = first_of_newest(archive, keep, now);
  if (!newest || !*newest) return newest;
  return std::min(first_kept(keep, now), **newest);
}

Result<Pruned> prune_after_run(const KeptFiles& files,
                               std::int64_t keep,
                               Instant now,
                               const store::MayGoOn& may_go_on) {
  const auto since = kept_since(files.archive, keep, now);
  if (!since) return fail(since.error());
  return *since ? prune_before(files, **since, may_go_on) : Pruned();
}

void log_pruned(const Log& log, const Result<Pruned>& pruned) {
  if (!pruned) {
    log.write(
        LogLevel::warn, "archive_not_pruned", {{.name = "error", .value = pruned.error().message}});
    return;
  }
  for (const store::ArchiveMonth& month : pruned->months) {
    log.write(LogLevel::info,
              "archive_pruned",
              {{.name = "month", .value = month.name},
               {.name = "pages", .value = std::to_string(month.pages)},
               {.name = "bytes", .value = std::to_string(month.file_bytes)}});
  }
  if (pruned->past_notes == 0) return;
  log.write(LogLevel::info,
            "past_pruned",
            {{.name = "before", .value = format_instant(pruned->since)},
             {.name = "notes", .value = std::to_string(pruned->past_notes)}});
}

}  // namespace qanat::app
