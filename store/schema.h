#pragma once

#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "store/sqlite.h"

namespace qanat::store {

/// A kind of database file of ours.
struct Schema {
  std::int32_t application_id = 0;
  std::int32_t version = 0;
  std::string_view noun;  ///< "qanat database"
  const char* sql = nullptr;
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

/// Errors: storage_unusable when the file is of another program or another version.
Result<void> check_schema(Database& database, const Schema& schema);

}  // namespace qanat::store
