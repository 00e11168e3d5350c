#pragma once

#include <cstdint>

#include "store/sqlite.h"
#include "store/store.h"

namespace qanat::store {

/// Which file a name leads to, whatever becomes of the name.
struct FileIdentity {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;

  bool operator==(const FileIdentity&) const = default;
};

struct Store::Impl {
  Database database;
  FileIdentity file;
};

/// A further connection to the file of a store. `access` is no more than the store's.
Result<Database> connect_beside(const Store& store,
                                Access access,
                                std::chrono::milliseconds patience);

/// The same of a store that nobody has opened: the store says in its words what is wrong with that,
/// and upgrades it for writing. Errors: those of Store::open.
Result<Database> open_beside(const std::string& path,
                             Access access,
                             std::chrono::milliseconds patience);

/// The id of a channel that the store has met, followed or not. Errors: also usage, when it has
/// not.
Result<std::int64_t> known_channel(Database& database, const ChannelName& name);

/// What the channel is that the store has under this name; nothing when no page has told it, or it
/// has none.
Result<std::optional<std::int64_t>> stored_number(Database& database, const ChannelName& name);

/// Store::names_of_channel().
Result<std::vector<ChannelName>> names_with_number(Database& database, std::int64_t numeric_id);

/// Store::met_channels().
Result<std::vector<ChannelName>> list_met_channels(Database& database);

/// Store::channels_with_posts(), or those of a moment.
Result<std::vector<ChannelName>> list_channels_with_posts(Database& database,
                                                          std::optional<Instant> as_of);

/// Store::former_names().
Result<std::vector<ChannelName>> list_former_names(Database& database);

/// As name_of(ChannelState) writes it.
[[nodiscard]] std::optional<ChannelState> state_of(std::string_view name);

/// storage_unusable: a value that we never write.
[[nodiscard]] Error unreadable(const Database& database, std::string_view value);

/// The channel's name in a row's first column. Errors: unreadable().
Result<ChannelName> read_name(const Database& database, const Rows& rows);

}  // namespace qanat::store
