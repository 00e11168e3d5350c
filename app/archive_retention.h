#pragma once

#include <cstdint>
#include <vector>

#include "app/log.h"
#include "base/error.h"
#include "base/instant.h"
#include "store/snapshot_archive.h"

namespace qanat::app {

/// The months that are gone when `keep` of them stay, the one of `now` included; the oldest first.
/// Errors: those of the archive.
Result<std::vector<store::ArchiveMonth>> months_to_prune(store::SnapshotArchive& archive,
                                                         std::int64_t keep,
                                                         Instant now);

/// Deletes those months, and gives them. `keep` 0: all stay. Errors: those of the archive.
Result<std::vector<store::ArchiveMonth>> prune_archive(store::SnapshotArchive& archive,
                                                       std::int64_t keep,
                                                       Instant now);

/// A line for each month that was deleted after a run, or why that failed. It ends nothing: what
/// stays too long is deleted after the next run.
void log_pruned(const Log& log, const Result<std::vector<store::ArchiveMonth>>& pruned);

}  // namespace qanat::app
