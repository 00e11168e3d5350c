#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "store/snapshot_archive.h"
#include "store/sqlite.h"

namespace qanat::store {

/// What every snapshot's name begins with.
inline constexpr std::string_view kSnapshotPrefix = "sha256:";

/// Puts a fetched page into its month, in the caller's transaction.
using WriteBody = Result<void> (*)(Database& month,
                                   const Snapshot& snapshot,
                                   const std::string& sha256);

struct SnapshotArchive::Impl {
  std::filesystem::path folder;
  std::string owned_like;                                   ///< the file whose owner new files get
  std::map<std::string, Database, std::less<>> open_files;  ///< by file name
  bool reads_only = false;

  Result<Database*> file(const std::string& name, Database::Mode mode);
  Result<std::string> keep(const Snapshot& snapshot, WriteBody write);
  /// Names, newest month first.
  [[nodiscard]] Result<std::vector<std::string>> files() const;
};

/// "archive-202607.db" for "2026-07".
[[nodiscard]] std::string archive_file_of(std::string_view month);

/// The bytes of a page of this file; nothing when it has none of that hash. Errors: also
/// storage_unusable, when they are not those.
Result<std::optional<std::string>> read_body(Database& month, const std::string& sha256);

[[nodiscard]] Error folder_error(const std::filesystem::path& folder, const std::error_code& error);

}  // namespace qanat::store
