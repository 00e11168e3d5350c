#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/error.h"
#include "base/instant.h"
#include "store/sqlite.h"

/// Notes of the past (docs/store.md, As of a moment) that nobody may ask for any more. Through
/// connections of their own; the errors are those of Store::open.
namespace qanat::store {

/// How many notes tell only of moments before `since`.
Result<std::int64_t> count_past_before(const std::string& path, Instant since);

/// Asked after each piece of a long work whether to go on.
using MayGoOn = std::function<bool()>;

/// Remembers that the past is known from `since` on alone, and deletes those notes; gives how many
/// they were. What was known from a later moment on stays so. The notes go in many transactions: an
/// end between two of them, by `may_go_on` or a kill, leaves the rest to the next call.
Result<std::int64_t> prune_past(
    const std::string& path, Instant since, const MayGoOn& may_go_on = [] { return true; });

/// The first moment whose past was not pruned; nothing when none was.
Result<std::optional<Instant>> past_known_since(Database& database);

}  // namespace qanat::store
