#include <algorithm>
#include <array>
#include <utility>

#include "store/store.h"
#include "store/store_impl.h"

// Seeds and their frontier.
namespace qanat::store {
namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, 4> kStates = {"fresh", "live", "no_preview", "gone"};

constexpr std::string_view kChannelRows =
    "SELECT name, state, title, added_at, last_visit_at, last_success_at, last_error, next_due_at,"
    " settled, (SELECT count(*) FROM post WHERE post.channel_id = channel.id),"
    " ifnull((SELECT value_text FROM channel_counter"
    "         WHERE channel_id = channel.id AND position = 0), '')"
    " FROM channel WHERE followed = 1 AND (?1 IS NULL OR name = ?1) ORDER BY name";

Result<ChannelName> read_name(const Database& database, const Rows& rows) {
  auto name = ChannelName::parse(rows.view(0));
  if (!name) return fail(unreadable(database, rows.view(0)));
  return *std::move(name);
}

Result<ChannelRow> read_channel(const Database& database, const Rows& rows) {
  auto name = read_name(database, rows);
  if (!name) return fail(name.error());
  const auto* const state = std::ranges::find(kStates, rows.view(1));
  if (state == kStates.end()) return fail(unreadable(database, rows.view(1)));
  return ChannelRow{.name = *std::move(name),
                    .state = static_cast<ChannelState>(state - kStates.begin()),
                    .title = rows.get<std::string>(2),
                    .subscribers = rows.get<std::string>(10),
                    .added_at = rows.get<Instant>(3),
                    .last_visit_at = rows.get<std::optional<Instant>>(4),
                    .last_success_at = rows.get<std::optional<Instant>>(5),
                    .last_error = rows.get<std::string>(6),
                    .next_due_at = rows.get<std::optional<Instant>>(7),
                    .settled = rows.get<std::optional<MessageId>>(8),
                    .posts = rows.get<std::int64_t>(9)};
}

Result<std::vector<ChannelRow>> read_channels(Database& database,
                                              const std::optional<std::string>& name) {
  return database.list(
      kChannelRows, [&](const Rows& rows) { return read_channel(database, rows); }, name);
}

}  // namespace

std::string_view name_of(ChannelState state) { return kStates.at(static_cast<std::size_t>(state)); }

Error unreadable(const Database& database, std::string_view value) {
  return {.code = Errc::storage_unusable,
          .message = database.path() + ": it holds '" + std::string(value) +
                     "', which no qanat writes: bring it back from a backup"};
}

Result<std::int64_t> known_channel(Database& database, const ChannelName& name) {
  const auto id =
      database.value<std::int64_t>("SELECT id FROM channel WHERE name = ?1", name.str());
  if (!id) return fail(id.error());
  if (!*id) {
    return fail(
        Errc::usage,
        name.str() + " is not in " + database.path() + ": qanat channels add " + name.str());
  }
  return **id;
}

Result<bool> Store::add_channel(const ChannelName& name, Instant now) {
  auto added = impl_->database.run(
      "INSERT INTO channel (name, followed, state, added_at) VALUES (?1, 1, 'fresh', ?2)"
      " ON CONFLICT (name) DO UPDATE SET followed = 1, added_at = ?2, next_due_at = NULL"
      " WHERE followed = 0",
      name.str(),
      now);
  if (!added) return fail(added.error());
  return impl_->database.changes() > 0;
}

Result<bool> Store::remove_channel(const ChannelName& name) {
  auto removed = impl_->database.run(
      "UPDATE channel SET followed = 0 WHERE name = ?1 AND followed = 1", name.str());
  if (!removed) return fail(removed.error());
  return impl_->database.changes() > 0;
}

Result<std::vector<ChannelRow>> Store::channels() {
  return read_channels(impl_->database, std::nullopt);
}

Result<std::optional<ChannelRow>> Store::channel(const ChannelName& name) {
  auto found = read_channels(impl_->database, name.str());
  if (!found) return fail(found.error());
  if (found->empty()) return std::nullopt;
  return std::move(found->front());
}

Result<std::vector<Gap>> Store::gaps(const ChannelName& name) {
  return impl_->database.list(
      "SELECT low, high, cause FROM gap JOIN channel ON channel.id = gap.channel_id"
      " WHERE channel.name = ?1 ORDER BY low, high",
      [](const Rows& rows) -> Result<Gap> {
        return Gap{.low = rows.get<MessageId>(0),
                   .high = rows.get<MessageId>(1),
                   .cause = rows.get<std::string>(2)};
      },
      name.str());
}

Result<std::vector<ChannelName>> Store::due(Instant now) {
  return impl_->database.list(
      "SELECT name FROM channel"
      " WHERE followed = 1 AND (next_due_at IS NULL OR next_due_at <= ?1)"
      " ORDER BY ifnull(next_due_at, added_at), name",
      [this](const Rows& rows) { return read_name(impl_->database, rows); },
      now);
}

Result<void> Store::keep_failure(const ChannelName& name,
                                 const std::string& error,
                                 Instant now,
                                 Instant next_due_at) {
  auto transaction = Transaction::begin(impl_->database);
  if (!transaction) return fail(transaction.error());
  const auto id = known_channel(impl_->database, name);
  if (!id) return fail(id.error());
  auto kept = impl_->database.run(
      "UPDATE channel SET last_visit_at = ?2, last_error = ?3, next_due_at = ?4 WHERE id = ?1",
      *id,
      now,
      error,
      next_due_at);
  if (!kept) return kept;
  return transaction->commit();
}

}  // namespace qanat::store
