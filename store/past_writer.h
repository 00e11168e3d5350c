#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/instant.h"
#include "store/sqlite.h"

namespace qanat::store {

/// When a change of a post counts as made: `now`, but after the changes that it has, also where the
/// clock was ahead when they were made.
Result<Instant> moment_of_change(Database& database, std::int64_t post, Instant now);

/// Notes what the change at hand is about to overwrite, inside the caller's transaction, so that
/// the store can tell what it knew at an earlier moment (docs/store.md, As of a moment).
class PastWriter {
 public:
  /// `now` is the moment of the change. `database` outlives it.
  PastWriter(Database& database, Instant now) : database_(&database), now_(now) {}

  /// `details`: what the post's column is about to become; nothing when it stays, or is kept as a
  /// revision.
  Result<void> note_post(std::int64_t post, std::optional<std::string_view> details);
  /// Which cluster a post is in.
  Result<void> note_cluster(std::int64_t post);
  /// The same of all posts of a cluster but one.
  Result<void> note_members(std::int64_t cluster, std::int64_t but);
  /// For a change of all clusters: what is not the same in the end is noted then.
  Result<void> begin_moves();
  Result<void> note_moves();

 private:
  Database* database_;
  Instant now_;
};

}  // namespace qanat::store
