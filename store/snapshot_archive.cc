#include "store/snapshot_archive.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <system_error>
#include <utility>

#include "base/ascii.h"
#include "base/sha256.h"
#include "store/archive_impl.h"
#include "store/file_owner.h"
#include "store/frame.h"
#include "store/schema.h"
#include "store/store.h"

namespace qanat::store {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFilePrefix = "archive-";
constexpr std::string_view kFileSuffix = ".db";

// All months that were asked stay open, and each remembers so much of its file: 512 KiB. A page is
// read once, so more would save nothing.
constexpr const char* kLittleCache = "PRAGMA cache_size = -512";

bool is_month(std::string_view file) {
  if (!file.starts_with(kFilePrefix) || !file.ends_with(kFileSuffix)) return false;
  file.remove_prefix(kFilePrefix.size());
  file.remove_suffix(kFileSuffix.size());
  return file.size() == 6 && std::ranges::all_of(file, is_ascii_digit);
}

void make_folders(const fs::path& folder, const std::string& database, std::error_code& error) {
  fs::path made;
  for (const fs::path& name : folder) {
    made /= name;
    if (fs::exists(made, error)) continue;
    if (!fs::create_directory(made, error)) return;
    give_to_owner_of(database, made.string());
  }
  fs::create_directory(folder, error);  // complains of a file in its place
}

Result<void> write_body(Database& month, const Snapshot& snapshot, const std::string& sha256) {
  const auto stored =
      month.value<bool>("SELECT 1 FROM body WHERE sha256 = ?1 AND erased_at IS NULL", sha256);
  if (!stored) return fail(stored.error());
  if (*stored) return {};
  const std::string frame = compressed(snapshot.body);
  return month.run(
      "INSERT INTO body (sha256, size, frame) VALUES (?1, ?2, ?3)"
      " ON CONFLICT (sha256) DO UPDATE SET frame = excluded.frame, erased_at = NULL",
      sha256,
      snapshot.body.size(),
      Blob{frame});
}

Result<void> write_erased_body(Database& month,
                               const Snapshot& snapshot,
                               const std::string& sha256) {
  return month.run(
      "INSERT INTO body (sha256, size, frame, erased_at) VALUES (?1, ?2, x'', ?3)"
      " ON CONFLICT (sha256) DO NOTHING",
      sha256,
      snapshot.body.size(),
      snapshot.fetched_at);
}

Result<void> write_fetch(Database& month,
                         const Snapshot& snapshot,
                         const std::string& sha256,
                         WriteBody write) {
  auto transaction = Transaction::begin(month);
  if (!transaction) return fail(transaction.error());
  if (auto kept = write(month, snapshot, sha256); !kept) return kept;
  auto kept = month.run(
      "INSERT INTO fetch (channel, url, fetched_at, status, headers, sha256, numeric_id)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
      snapshot.channel.str(),
      snapshot.url,
      snapshot.fetched_at,
      snapshot.status,
      snapshot.headers,
      sha256,
      snapshot.shown.numeric_id);
  if (!kept) return kept;
  return transaction->commit();
}

Result<void> prepare_to_write(Database& month, const std::string& owned_like) {
  const auto blank = is_blank(month);
  if (!blank) return fail(blank.error());
  if (!*blank) return upgrade_schema(month, kArchiveSchema);
  // Before the first write: SQLite gives the log beside it the same owner.
  give_to_owner_of(owned_like, month.path());
  return create_schema(month, kArchiveSchema);
}

/// What an older version lacks and readers ask for, on the connection alone; as for a file that is
/// blank, which a process left that died when it made it.
Result<std::string> stand_in_for(Database& month) {
  const auto blank = is_blank(month);
  if (!blank) return fail(blank.error());
  if (*blank) {
    return "CREATE TEMP TABLE body (sha256, size, frame, erased_at);"
           "CREATE TEMP TABLE fetch (id, channel, url, fetched_at, status, headers, sha256);";
  }
  if (auto ours = check_upgradable(month, kArchiveSchema); !ours) return fail(ours.error());
  const auto version = month.value<std::int64_t>("PRAGMA user_version");
  if (!version) return fail(version.error());
  if (*version > 1) return "";
  return "CREATE TEMP VIEW body AS SELECT *, NULL AS erased_at FROM main.body;";
}

Result<void> prepare_to_read(Database& month) {
  const auto stand_in = stand_in_for(month);
  if (!stand_in) return fail(stand_in.error());
  return month.script(*stand_in + "PRAGMA query_only = ON");
}

}  // namespace

Result<std::optional<std::string>> read_body(Database& month, const std::string& sha256) {
  auto rows =
      month.query("SELECT size, frame FROM body WHERE sha256 = ?1 AND erased_at IS NULL", sha256);
  if (!rows) return fail(rows.error());
  const auto found = rows->next();
  if (!found) return fail(found.error());
  if (!*found) return std::nullopt;
  auto body = decompressed(rows->view(1), rows->get<std::size_t>(0));
  if (!body || sha256_hex(*body) != sha256) {
    return fail(Errc::storage_unusable,
                month.path() + ": snapshot sha256:" + sha256 +
                    " is damaged; restore the file from a backup");
  }
  return body;
}

Error folder_error(const fs::path& folder, const std::error_code& error) {
  return {.code = Errc::storage,
          .message = folder.string() + ": " + error.message() +
                     ": name a folder that this user may write"};
}

std::string archive_file_of(std::string_view month) {
  std::string name(kFilePrefix);
  name.append(month.substr(0, 4)).append(month.substr(5, 2)).append(kFileSuffix);
  return name;
}

Result<Database*> SnapshotArchive::Impl::file(const std::string& name, Database::Mode mode) {
  if (const auto open = open_files.find(name); open != open_files.end()) return &open->second;
  // Also to read: who may not write cannot take SQLite's log away when he closes.
  auto database = Database::open((folder / name).string(), mode, kPatience);
  if (!database) return fail(database.error());
  if (auto set = database->script(kLittleCache); !set) return fail(set.error());
  auto ready = reads_only ? prepare_to_read(*database) : prepare_to_write(*database, owned_like);
  if (!ready) return fail(ready.error());
  return &open_files.emplace(name, *std::move(database)).first->second;
}

Result<std::string> SnapshotArchive::Impl::keep(const Snapshot& snapshot, WriteBody write) {
  const std::string name = archive_file_of(format_instant(snapshot.fetched_at));
  // What is written to a file without its name is lost with this process.
  std::erase_if(open_files, [&name](const auto& open) {
    return open.first == name && open.second.has_moved();
  });
  auto month = file(name, Database::Mode::create);
  if (!month) return fail(month.error());
  const std::string sha256 = sha256_hex(snapshot.body);
  if (auto written = write_fetch(**month, snapshot, sha256, write); !written) {
    return fail(written.error());
  }
  return std::string(kSnapshotPrefix) + sha256;
}

Result<std::vector<std::string>> SnapshotArchive::Impl::files() const {
  std::error_code error;
  std::vector<std::string> names;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    std::string name = at->path().filename().string();
    if (is_month(name)) names.push_back(std::move(name));
  }
  if (error) return fail(folder_error(folder, error));
  std::ranges::sort(names, std::greater());
  return names;
}

SnapshotArchive::SnapshotArchive(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SnapshotArchive::SnapshotArchive(SnapshotArchive&&) noexcept = default;
SnapshotArchive& SnapshotArchive::operator=(SnapshotArchive&&) noexcept = default;
SnapshotArchive::~SnapshotArchive() = default;

Result<SnapshotArchive> SnapshotArchive::open(const std::string& directory,
                                              const std::string& database) {
  std::error_code error;
  make_folders(directory, database, error);
  if (error) return fail(folder_error(directory, error));
  return SnapshotArchive(
      std::make_unique<Impl>(Impl{.folder = directory, .owned_like = database, .open_files = {}}));
}

SnapshotArchive SnapshotArchive::open_to_read(const std::string& directory) {
  return SnapshotArchive(std::make_unique<Impl>(
      Impl{.folder = directory, .owned_like = {}, .open_files = {}, .reads_only = true}));
}

Result<std::string> SnapshotArchive::keep(const Snapshot& snapshot) {
  return impl_->keep(snapshot, write_body);
}

Result<std::string> SnapshotArchive::keep_erased(const Snapshot& snapshot) {
  return impl_->keep(snapshot, write_erased_body);
}

Result<std::optional<std::string>> SnapshotArchive::body(std::string_view name) {
  if (!name.starts_with(kSnapshotPrefix)) return std::nullopt;
  const std::string sha256(name.substr(kSnapshotPrefix.size()));
  const auto files = impl_->files();
  if (!files) return fail(files.error());
  for (const std::string& file : *files) {
    auto month = impl_->file(file, Database::Mode::read_write);
    if (!month) return fail(month.error());
    auto body = read_body(**month, sha256);
    if (!body || *body) return body;
  }
  return std::nullopt;
}

}  // namespace qanat::store
