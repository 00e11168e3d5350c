#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/channel_name.h"
#include "base/error.h"
#include "base/instant.h"
#include "base/shown_channel.h"

namespace qanat::store {

/// A page as it was fetched, on its way into the archive.
struct Snapshot {
  ChannelName channel;
  std::string url;
  Instant fetched_at;
  int status = 0;
  std::string headers;
  std::string body;
  ShownChannel shown;  ///< whose the page says that it is
};

/// A page as the archive has it, without its bytes.
struct ArchivedFetch {
  ChannelName channel;
  std::string url;
  Instant fetched_at;
  int status = 0;
  std::string headers;     ///< as received, the status line first
  std::string snapshot;    ///< "sha256:…"
  std::int64_t bytes = 0;  ///< of the page
  bool erased = false;     ///< they were taken out for good, as erase() does
};

/// One month of the archive.
struct ArchiveMonth {
  std::string name;             ///< "2026-07"
  std::int64_t fetches = 0;     ///< each time that a page came
  std::int64_t pages = 0;       ///< different ones, but those that were erased
  std::int64_t bytes = 0;       ///< of those pages, as they were fetched
  std::int64_t file_bytes = 0;  ///< on the disk
};

/// Whose pages are looked for: those that were fetched under a name, unless they tell another
/// number, and those that tell the number.
struct ArchivedChannel {
  std::set<ChannelName> names;
  std::optional<std::int64_t> numeric_id;
};

/// The fetched bytes, kept before anything is parsed: zstd frames in one SQLite file a month
/// (archive-202607.db, the month of fetched_at), named by the SHA-256 of the body. Same bytes are
/// stored once a month; each fetch has its own row. One thread at a time per object.
///
/// Errors of every call: storage, storage_busy, storage_unusable, as for Store.
class SnapshotArchive {
 public:
  /// `directory` is made when it is missing. Files are opened when first needed. What root makes
  /// gets the owner of the file `database`.
  static Result<SnapshotArchive> open(const std::string& directory, const std::string& database);

  /// Only to read, and to remove() months: makes nothing, and reads files of older versions as they
  /// are, where open() upgrades each that it comes to. Nothing that keeps or erases may be called.
  static SnapshotArchive open_to_read(const std::string& directory);

  SnapshotArchive(const SnapshotArchive&) = delete;
  SnapshotArchive& operator=(const SnapshotArchive&) = delete;
  SnapshotArchive(SnapshotArchive&&) noexcept;
  SnapshotArchive& operator=(SnapshotArchive&&) noexcept;
  ~SnapshotArchive();

  /// Durable when it returns. Gives the snapshot's name, "sha256:…".
  Result<std::string> keep(const Snapshot& snapshot);

  /// Keeps that the page was fetched, and no byte of it: it shows what was taken out for good.
  Result<std::string> keep_erased(const Snapshot& snapshot);

  /// The bytes of a snapshot; nothing when no month has it. Errors: also storage_unusable, when
  /// they are not those that the name promises.
  Result<std::optional<std::string>> body(std::string_view name);

  /// Whether any month has the snapshot; its bytes are not read.
  Result<bool> has(std::string_view name);

  /// "2026-07", the oldest first.
  Result<std::vector<std::string>> months();
  Result<ArchiveMonth> summary(const std::string& month);

  /// Calls `row` for each fetch of a month, in the order in which they were kept; it returns false
  /// to stop. `channel`: of this one only. Meanwhile the month is held: its log grows with what
  /// others write. `row` may call body(), but not this.
  Result<void> for_each_fetch(const std::string& month,
                              const std::optional<ChannelName>& channel,
                              const std::function<bool(const ArchivedFetch&)>& row);

  /// Holds a month's file against SQLite's own checks, and each of its pages against its name;
  /// tells `damaged` of what does not hold, in words. Gives how many pages it read.
  Result<std::int64_t> verify(const std::string& month,
                              const std::function<void(const std::string&)>& damaged);

  /// How many pages erase() would erase.
  Result<std::int64_t> count_showing(const ArchivedChannel& channel,
                                     const std::function<bool(std::string_view page)>& shows);
  /// Takes the bytes of those pages of a channel out of every month for good that `shows` says yes
  /// to, or that are damaged: file and log have none of them when it returns. Their fetches stay.
  /// `since` is the moment that is noted. Killed at any moment it leaves each page with its bytes
  /// or without, and the same call finishes the rest. Errors: also storage_busy, when another
  /// process reads.
  Result<void> erase(const ArchivedChannel& channel,
                     const std::function<bool(std::string_view page)>& shows,
                     Instant since);

  /// Deletes a month. Nobody else may have its file open.
  Result<void> remove(const std::string& month);

 private:
  struct Impl;
  explicit SnapshotArchive(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace qanat::store
