#pragma once

#include <cstdint>
#include <iterator>
#include <span>
#include <string_view>

#include "base/error.h"
#include "store/sqlite.h"

namespace qanat::store {

/// A kind of database file of ours.
struct Schema {
  std::int32_t application_id = 0;
  std::string_view noun;  ///< "qanat database"
  /// SQL texts. The first makes version 1 of a blank file, each other the next version of the one
  /// before. Run in one transaction, with foreign keys checked at its end.
  std::span<const char* const> steps;

  [[nodiscard]] std::int64_t version() const { return std::ssize(steps); }
};

/// Posts and everything about them (docs/store.md).
extern const Schema kStoreSchema;
/// One month of fetched bytes.
extern const Schema kArchiveSchema;

/// Whether nothing was ever created in the file: it is empty, or its creator was killed.
Result<bool> is_blank(Database& database);

/// Makes a blank file a database of this schema: tables, application_id and user_version in one
/// transaction. Leaves a file that another process has made one in the meantime as it is.
Result<void> create_schema(Database& database, const Schema& schema);

// The errors of these: storage_unusable when the file is of another program or a newer version.

/// The file has this version, or an older one that upgrade_schema() takes.
Result<void> check_upgradable(Database& database, const Schema& schema);

/// Errors: also storage_unusable when the file is of an older version.
Result<void> check_schema(Database& database, const Schema& schema);

/// Runs the steps that an older file lacks, all or none; waits for another process that does so.
/// Errors: also storage_unusable, when rows of the file refer to rows that are not there.
Result<void> upgrade_schema(Database& database, const Schema& schema);

}  // namespace qanat::store
