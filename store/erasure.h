#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/instant.h"
#include "store/excerpts.h"
#include "store/removal.h"
#include "store/sqlite.h"
#include "store/store.h"

namespace qanat::store {

/// What a removal takes along.
struct ErasedRows {
  std::int64_t posts = 0;
  std::int64_t labels = 0;  ///< of people, on these posts
};

/// A table that keeps details of posts, and its column that names the post.
struct DetailsTable {
  std::string_view name;
  std::string_view post;
};

/// Takes posts and channels out of a database for good, through a connection of its own: texts,
/// revisions, verdicts, labels, notes of the past, and what other posts show of them (excerpts.h);
/// under every name that the store has for the channel. What stays is the names and the channel's
/// number, so that no page and no import brings them back. Their bytes in the archive are for the
/// caller to erase (SnapshotArchive::erase), between erase() and finish(); a process that dies in
/// between leaves unfinished() removals, which the same two calls finish. One thread at a time.
///
/// Errors of every call: those of Store.
class Erasure {
 public:
  /// Errors: those of Store::open for writing.
  static Result<Erasure> open(const std::string& path,
                              std::chrono::milliseconds patience = kPatience);
  /// Out of a store that is open for writing.
  static Result<Erasure> open(const Store& store, std::chrono::milliseconds patience = kPatience);

  /// Every channel that it was ever told to follow or to take out of, by name; former names too.
  Result<std::vector<ChannelName>> known_channels();
  /// The target with its channel's number, as far as the store knows it, and behind it the same
  /// under the other names that the store has, or had, for that channel.
  Result<std::vector<RemovalTarget>> with_other_names(RemovalTarget target);
  /// The notices that the post was pinned, which quote it: by their words or by their link.
  /// erase() takes them out as posts of their own.
  Result<std::vector<RemovalTarget>> notices_of(const RemovalTarget& target);
  /// Posts of other channels that quote or preview it. erase() takes the words out of them; the
  /// pages on which they stood stay in the archive.
  Result<std::vector<PostId>> shown_elsewhere(const RemovalTarget& target);
  /// What erase() would take out under this name.
  Result<ErasedRows> look(const RemovalTarget& target);
  /// The post that has this id in its album, as a later picture; nothing when none has.
  Result<std::optional<MessageId>> album_of(const RemovalTarget& target);
  /// One transaction; takes out with_other_names(). What is removed already stays so, with its
  /// first moment and reason, and is unfinished again: a file may have come back from a backup.
  Result<void> erase(std::span<const RemovalTarget> targets,
                     const std::string& reason,
                     Instant now);

  /// One transaction. Takes out what the store has of removed channels under names of which it has
  /// learnt only since that they are theirs.
  Result<void> reach_new_names(Instant now);
  /// Removals whose bytes may still be in a file.
  Result<std::vector<Removal>> unfinished();
  /// The archive holds no bytes of the unfinished ones any more: empties the database's log, which
  /// may, and takes them for finished. Errors: also storage_busy, when another process reads.
  Result<void> finish(Instant now);

  /// It may be stored again when it is met, under whatever name; what is gone stays gone. False
  /// when it was not removed.
  Result<bool> allow(const RemovalTarget& target);

 private:
  /// A row of details that shows words of a target.
  struct ShowingRow {
    std::int64_t row = 0;
    std::int64_t post = 0;
    bool is_own = false;  ///< of the target's channel
    Excerpts excerpts;
  };

  explicit Erasure(Database database) : database_(std::move(database)) {}

  Result<std::optional<std::int64_t>> number_of(const ChannelName& channel);
  Result<std::vector<ChannelName>> other_names(const RemovalTarget& target);
  Result<std::optional<std::int64_t>> row_of(const RemovalTarget& target);
  Result<void> erase_with_notices(const RemovalTarget& target,
                                  const std::string& reason,
                                  Instant now);
  Result<void> erase_one(const RemovalTarget& target, const std::string& reason, Instant now);
  Result<void> erase_rows(std::int64_t channel, std::optional<MessageId> post, Instant now);
  Result<void> erase_post(std::int64_t post, Instant now);
  Result<std::vector<ShowingRow>> rows_showing(const DetailsTable& table,
                                               const RemovalTarget& target);
  Result<void> cut_excerpts(const RemovalTarget& target);
  Result<void> cut_details(std::string_view table, std::int64_t row, const Excerpts& excerpts);
  Result<void> cut_verdicts(std::int64_t post, const Excerpts& excerpts);
  Result<void> leave_clusters(std::int64_t post, Instant now);

  Database database_;
};

}  // namespace qanat::store
