#include "store/schema.h"

#include <string>

namespace qanat::store {
namespace {

Result<std::int64_t> number(Database& database, std::string_view sql) {
  const auto value = database.value<std::int64_t>(sql);
  if (!value) return fail(value.error());
  return value->value_or(0);
}

Result<void> run_steps(Database& database, const Schema& schema, std::int64_t from) {
  for (const char* step : schema.steps.subspan(static_cast<std::size_t>(from))) {
    if (auto made = database.script(step); !made) return made;
  }
  return database.script("PRAGMA user_version = " + std::to_string(schema.version()));
}

Result<void> write_schema(Database& database, const Schema& schema) {
  auto transaction = Transaction::begin(database);
  if (!transaction) return fail(transaction.error());
  const auto blank = is_blank(database);
  if (!blank) return fail(blank.error());
  if (!*blank) return {};
  auto stamped =
      database.script("PRAGMA application_id = " + std::to_string(schema.application_id));
  if (!stamped) return stamped;
  if (auto made = run_steps(database, schema, 0); !made) return made;
  return transaction->commit();
}

std::string has_version(const Database& database, const Schema& schema, std::int64_t version) {
  return database.path() + ": this " + std::string(schema.noun) + " has version " +
         std::to_string(version) + ", this qanat reads version " +
         std::to_string(schema.version()) + ": ";
}

/// The version of a file of ours that is not newer than we are.
Result<std::int64_t> known_version(Database& database, const Schema& schema) {
  const auto application = number(database, "PRAGMA application_id");
  if (!application) return application;
  const auto version = number(database, "PRAGMA user_version");
  if (!version) return version;
  if (*application != schema.application_id || *version < 1) {
    return fail(Errc::storage_unusable,
                database.path() + ": this is not a " + std::string(schema.noun) +
                    ", but another program's file; name a file made by qanat");
  }
  if (*version > schema.version()) {
    return fail(
        Errc::storage_unusable,
        has_version(database, schema, *version) + "run the qanat that wrote it, or a newer one");
  }
  return version;
}

Result<void> check_references(Database& database) {
  const auto broken = number(database, "SELECT count(*) FROM pragma_foreign_key_check");
  if (!broken) return fail(broken.error());
  if (*broken == 0) return {};
  return fail(Errc::storage_unusable,
              database.path() + ": " + std::to_string(*broken) +
                  " rows refer to missing rows, so it was not upgraded; restore the file"
                  " from a backup");
}

Result<void> run_missing_steps(Database& database, const Schema& schema) {
  auto transaction = Transaction::begin(database);
  if (!transaction) return fail(transaction.error());
  // Asked once more: another process may have been faster.
  const auto version = known_version(database, schema);
  if (!version) return fail(version.error());
  if (*version == schema.version()) return {};
  if (auto made = run_steps(database, schema, *version); !made) return made;
  if (auto sound = check_references(database); !sound) return sound;
  return transaction->commit();
}

}  // namespace

Result<bool> is_blank(Database& database) {
  const auto anything = number(database,
                               "SELECT (SELECT count(*) FROM sqlite_schema)"
                               " + (SELECT application_id <> 0 FROM pragma_application_id)"
                               " + (SELECT user_version <> 0 FROM pragma_user_version)");
  if (!anything) return fail(anything.error());
  return *anything == 0;
}

Result<void> create_schema(Database& database, const Schema& schema) {
  // The mode cannot change inside the transaction; it is kept in the file.
  const auto mode = database.value<std::string>("PRAGMA journal_mode = WAL");
  if (!mode) return fail(mode.error());
  if (auto written = write_schema(database, schema); !written) return written;
  return check_schema(database, schema);
}

Result<void> check_upgradable(Database& database, const Schema& schema) {
  const auto version = known_version(database, schema);
  if (!version) return fail(version.error());
  return {};
}

Result<void> check_schema(Database& database, const Schema& schema) {
  const auto version = known_version(database, schema);
  if (!version) return fail(version.error());
  if (*version == schema.version()) return {};
  return fail(Errc::storage_unusable,
              has_version(database, schema, *version) +
                  "back it up, then upgrade it with a command that writes, such as `qanat crawl`");
}

Result<void> upgrade_schema(Database& database, const Schema& schema) {
  const auto version = known_version(database, schema);
  if (!version) return fail(version.error());
  if (*version == schema.version()) return {};
  // A step may rebuild a table that others refer to; the setting cannot change in a transaction.
  if (auto off = database.script("PRAGMA foreign_keys = OFF"); !off) return off;
  auto upgraded = run_missing_steps(database, schema);
  if (auto on = database.script("PRAGMA foreign_keys = ON"); !on) return on;
  return upgraded;
}

}  // namespace qanat::store
