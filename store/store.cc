#include "store/store.h"

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include <sys/stat.h>

#include "store/clusters.h"
#include "store/file_owner.h"
#include "store/run_lock.h"
#include "store/schema.h"
#include "store/store_impl.h"

namespace qanat::store {
namespace {

Result<void> check_is_file(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (error == std::errc::permission_denied) {
    return fail(Errc::storage,
                path + ": " + error.message() +
                    ": run qanat as the database's owner, or as root with sudo");
  }
  if (!std::filesystem::exists(status)) {
    return fail(Errc::usage, path + ": no such file; create a database with `qanat init`");
  }
  if (std::filesystem::is_directory(status)) {
    return fail(Errc::usage, path + ": a folder, not a database; name the file in it");
  }
  return {};
}

Result<FileIdentity> identity_of(const std::string& path) {
  struct stat file = {};
  if (::stat(path.c_str(), &file) == 0) return FileIdentity{file.st_dev, file.st_ino};
  return fail(Errc::storage,
              path + ": " + std::generic_category().message(errno) +
                  ": the database was moved or deleted while it was open; bring it back to its"
                  " place");
}

/// Nobody may crawl meanwhile: an older qanat would go on in a database that it does not know.
Result<void> upgrade(Database& database) {
  if (check_schema(database, kStoreSchema)) return {};
  const auto lock = RunLock::take(database.path());
  if (lock) return upgrade_schema(database, kStoreSchema);
  if (lock.error().code != Errc::storage_busy) return fail(lock.error());
  return fail(Errc::storage_busy,
              database.path() +
                  ": it is of an older version, and another qanat crawls with it or upgrades"
                  " it; wait for its end, or restart it if it is an older one");
}

/// A connection that may write, to a database of our version, which an older one becomes.
Result<Database> connect_for_writing(const std::string& path, std::chrono::milliseconds patience) {
  auto database = Database::open(path, Database::Mode::read_write, patience);
  if (!database) return fail(database.error());
  if (auto ours = check_upgradable(*database, kStoreSchema); !ours) return fail(ours.error());
  if (database->is_read_only()) {
    return fail(Errc::storage, path + ": the file is read-only; give this user write permission");
  }
  if (auto upgraded = upgrade(*database); !upgraded) return fail(upgraded.error());
  return database;
}

/// Whether it is still the version that was opened.
Result<void> check_version(Database& database) {
  const auto version = database.value<std::int64_t>("PRAGMA user_version");
  if (!version) return fail(version.error());
  if (version->value_or(0) == kStoreSchema.version()) return {};
  return fail(Errc::storage_replaced,
              database.path() +
                  ": another qanat has upgraded the database that is open; start qanat again, by"
                  " its new version");
}

}  // namespace

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Result<Store> Store::create(const std::string& path, std::chrono::milliseconds patience) {
  auto database = Database::open(path, Database::Mode::create, patience);
  const auto blank = database ? is_blank(*database) : Result<bool>(fail(database.error()));
  if (!blank && blank.error().code != Errc::storage_unusable) return fail(blank.error());
  if (!blank || !*blank) {
    return fail(Errc::usage, path + ": the file exists already; use it, or name another path");
  }
  // Before the first write: SQLite gives the log beside it the same owner.
  give_to_owner_of(std::filesystem::absolute(path).parent_path().string(), path);
  if (auto made = create_schema(*database, kStoreSchema); !made) return fail(made.error());
  const auto file = identity_of(path);
  if (!file) return fail(file.error());
  return Store(std::make_unique<Impl>(Impl{.database = std::move(*database), .file = *file}));
}

Result<Store> Store::open(const std::string& path,
                          Access access,
                          std::chrono::milliseconds patience) {
  if (auto there = check_is_file(path); !there) return fail(there.error());
  const auto file = identity_of(path);
  if (!file) return fail(file.error());
  // Looked at through a connection that cannot write: a file that is refused stays as it is.
  auto database = Database::open(path, Database::Mode::read_only, patience);
  if (!database) return fail(database.error());
  const auto ours = access == Access::read_only ? check_schema(*database, kStoreSchema)
                                                : check_upgradable(*database, kStoreSchema);
  if (!ours) return fail(ours.error());
  if (access == Access::read_write) database = connect_for_writing(path, patience);
  if (!database) return fail(database.error());
  Store store(std::make_unique<Impl>(Impl{.database = std::move(*database), .file = *file}));
  if (access == Access::read_write) {
    if (auto compared = store.compare_first_time(); !compared) return fail(compared.error());
  }
  return store;
}

const std::string& Store::path() const { return impl_->database.path(); }

Result<void> Store::check_in_place() const {
  const auto now = identity_of(path());
  if (!now) return fail(now.error());
  if (*now == impl_->file) return check_version(impl_->database);
  return fail(Errc::storage_replaced,
              path() +
                  ": another file has taken the place of the database that is open; start qanat"
                  " again, and it uses that one");
}

Result<Database> connect_beside(const Store& store,
                                Access access,
                                std::chrono::milliseconds patience) {
  const auto mode =
      access == Access::read_only ? Database::Mode::read_only : Database::Mode::read_write;
  return Database::open(store.path(), mode, patience);
}

Result<Database> open_beside(const std::string& path,
                             Access access,
                             std::chrono::milliseconds patience) {
  const auto store = Store::open(path, access, patience);
  if (!store) return fail(store.error());
  return connect_beside(*store, access, patience);
}

/// Posts of a database from before there were clusters, or of one with bands of an older kind.
Result<void> Store::compare_first_time() {
  const auto never = impl_->database.value<bool>(
      "SELECT NOT EXISTS (SELECT 1 FROM near_duplicate) AND EXISTS (SELECT 1 FROM post)");
  if (!never) return fail(never.error());
  if (!never->value_or(false)) return {};
  auto transaction = Transaction::begin(impl_->database);
  if (!transaction) return fail(transaction.error());
  auto built = Clusters(impl_->database, nullptr).rebuild();
  return built ? transaction->commit() : built;
}

PageCounts& PageCounts::operator+=(const PageCounts& other) {
  fresh += other.fresh;
  edited += other.edited;
  unchanged += other.unchanged;
  deleted += other.deleted;
  restored += other.restored;
  withheld += other.withheld;
  return *this;
}

}  // namespace qanat::store
