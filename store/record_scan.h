#pragma once

#include <functional>
#include <optional>

#include "base/error.h"
#include "base/instant.h"
#include "base/record.h"
#include "store/sqlite.h"
#include "store/store.h"

namespace qanat::store {

/// Store::for_each(); with `as_of` the records as the database had them then (docs/store.md, As of
/// a moment).
Result<void> scan_records(Database& database,
                          const RecordFilter& filter,
                          std::optional<Instant> as_of,
                          const std::function<bool(const Record&)>& row);

/// Store::find().
Result<std::optional<Record>> find_record(Database& database, const PostId& id);

}  // namespace qanat::store
