#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/shown_channel.h"
#include "store/removal.h"
#include "store/sqlite.h"
#include "store/store.h"

namespace qanat::store {

/// Store::removals_of().
Result<ChannelRemovals> read_removals(Database& database,
                                      const ChannelName& kept_as,
                                      const ShownChannel& shown);

/// Store::note_number(), inside the caller's transaction.
Result<void> note_removed_number(Database& database,
                                 const ChannelName& kept_as,
                                 const ShownChannel& shown);

/// The rows of a statement that gives channel, message_id, removed_at, reason, numeric_id.
Result<std::vector<Removal>> read_removal_rows(Database& database, std::string_view sql);

/// Those that `condition` takes (" WHERE …"), by channel, the whole of it first, then by post.
Result<std::vector<Removal>> list_removals(Database& database, std::string_view condition = "");

}  // namespace qanat::store
