#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "store/removal.h"
#include "store/sqlite.h"
#include "store/store.h"

namespace qanat::store {

/// Store::removals_of().
Result<ChannelRemovals> read_removals(Database& database, const ChannelName& channel);

/// Those that `condition` takes (" WHERE …"), by channel, the whole of it first, then by post.
Result<std::vector<Removal>> list_removals(Database& database, std::string_view condition = "");

/// The same post without the excerpt of a removed one that it answers; nothing when it answers
/// none.
[[nodiscard]] std::optional<JudgedPost> without_removed_excerpt(const JudgedPost& judged,
                                                                const ChannelRemovals& removals);

}  // namespace qanat::store
