#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/channel_name.h"
#include "base/error.h"
#include "base/instant.h"

namespace qanat::store {

/// A page as it was fetched, on its way into the archive.
struct Snapshot {
  ChannelName channel;
  std::string url;
  Instant fetched_at;
  int status = 0;
  std::string headers;
  std::string body;
};

/// The fetched bytes, kept before anything is parsed: zstd frames in one SQLite file a month
/// (archive-202607.db, the month of fetched_at), named by the SHA-256 of the body. Same bytes are
/// stored once a month; each fetch has its own row. One thread at a time per object.
///
/// Errors of every call: storage, storage_busy, storage_unusable, as for Store.
class SnapshotArchive {
 public:
  /// `directory` is made when it is missing. Files are opened when first needed.
  static Result<SnapshotArchive> open(const std::string& directory);

  SnapshotArchive(const SnapshotArchive&) = delete;
  SnapshotArchive& operator=(const SnapshotArchive&) = delete;
  SnapshotArchive(SnapshotArchive&&) noexcept;
  SnapshotArchive& operator=(SnapshotArchive&&) noexcept;
  ~SnapshotArchive();

  /// Durable when it returns. Gives the snapshot's name, "sha256:…".
  Result<std::string> keep(const Snapshot& snapshot);

  /// The bytes of a snapshot; nothing when no month has it. Errors: also storage_unusable, when
  /// they are not those that the name promises.
  Result<std::optional<std::string>> body(std::string_view name);

 private:
  struct Impl;
  explicit SnapshotArchive(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace qanat::store
