#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/log.h"
#include "base/error.h"
#include "base/instant.h"
#include "store/past_pruning.h"
#include "store/snapshot_archive.h"

namespace qanat::app {

/// Where fetched bytes and the notes of the past are kept. The archive outlives it.
struct KeptFiles {
  store::SnapshotArchive& archive;
  std::string store;  ///< the database's path
};

/// What is older than the months to keep.
struct Pruned {
  Instant since;                            ///< the first moment that is kept
  std::vector<store::ArchiveMonth> months;  ///< of the archive, the oldest first
  std::int64_t past_notes = 0;              ///< what posts were before (docs/store.md)
};

/// What is gone when `keep` months stay, the one of `now` included.
/// Errors: those of archive and store.
Result<Pruned> find_prunable(const KeptFiles& files, std::int64_t keep, Instant now);

/// Deletes it, and tells what it was. Errors: those of archive and store.
Result<Pruned> prune(const KeptFiles& files, std::int64_t keep, Instant now);

/// The first moment that is kept when a run prunes: the newest `keep` months that there are stay
/// whatever the clock says, which may be wrong. Nothing when all stays. `keep` 0: all.
Result<std::optional<Instant>> kept_since(store::SnapshotArchive& archive,
                                          std::int64_t keep,
                                          Instant now);

/// Deletes what is before kept_since(), and tells what it was. `may_go_on` is asked after each
/// piece; what it leaves goes after the next run.
Result<Pruned> prune_after_run(const KeptFiles& files,
                               std::int64_t keep,
                               Instant now,
                               const store::MayGoOn& may_go_on);

/// A line for each month that was deleted after a run, and for notes of the past, or why that
/// failed. It ends nothing: what stays too long is deleted after the next run.
void log_pruned(const Log& log, const Result<Pruned>& pruned);

}  // namespace qanat::app
