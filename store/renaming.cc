#include <string>

#include "store/removals.h"
#include "store/store.h"
#include "store/store_impl.h"

// A channel that goes on under another name.
namespace qanat::store {
namespace {

/// The channel that has the new name so far.
struct NameHolder {
  std::int64_t id = 0;
  bool followed = false;
};

std::unexpected<Error> not_renamed(const ChannelName& name, const std::string& why) {
  return fail(Errc::usage, name.str() + ": " + why + "; nothing was renamed");
}

/// Only its number tells, at the next visit, that the new name leads to the same channel.
Result<std::int64_t> number_to_go_on(Database& database, const ChannelName& name) {
  const auto number = stored_number(database, name);
  if (!number) return fail(number.error());
  if (*number) return **number;
  return not_renamed(name,
                     "no page has told its number, without which nobody knows whether another name "
                     "leads to the same channel");
}

/// Errors: also usage, when it must stay.
Result<std::optional<NameHolder>> holder_of(Database& database,
                                            const ChannelName& name,
                                            std::int64_t number) {
  auto rows = database.query(
      "SELECT id, followed, numeric_id, (SELECT count(*) FROM post WHERE channel_id = channel.id)"
      " FROM channel WHERE name = ?1",
      name.str());
  if (!rows) return fail(rows.error());
  const auto found = rows->next();
  if (!found) return fail(found.error());
  if (!*found) return std::nullopt;
  if (is_other_channel(rows->get<std::optional<std::int64_t>>(2), number)) {
    return not_renamed(name, "another channel is stored under this name");
  }
  if (const auto posts = rows->get<std::int64_t>(3); posts > 0) {
    return not_renamed(name,
                       "posts are stored under this name already, " + std::to_string(posts) +
                           ": both names stay as they are");
  }
  return NameHolder{.id = rows->get<std::int64_t>(0), .followed = rows->get<bool>(1)};
}

/// What failed under the new name stays in the reports of its runs.
Result<void> take_over(Database& database, std::int64_t channel, const NameHolder& holder) {
  for (const char* sql : {"UPDATE run_failure SET channel_id = ?1 WHERE channel_id = ?2",
                          "UPDATE fetch SET channel_id = ?1 WHERE channel_id = ?2"}) {
    if (auto moved = database.run(sql, channel, holder.id); !moved) return moved;
  }
  for (const char* sql : {"DELETE FROM channel_counter WHERE channel_id = ?1",
                          "DELETE FROM gap WHERE channel_id = ?1",
                          "DELETE FROM channel WHERE id = ?1"}) {
    if (auto deleted = database.run(sql, holder.id); !deleted) return deleted;
  }
  return {};
}

Result<void> write_name(
    Database& database, std::int64_t channel, const ChannelName& next, bool followed, Instant now) {
  return database.run(
      "UPDATE channel SET name = ?2, followed = max(followed, ?3), next_due_at = NULL,"
      " state = iif(settled IS NULL, 'fresh', 'live'), state_since = ?4,"
      " last_error = '', failures = 0 WHERE id = ?1",
      channel,
      next.str(),
      followed,
      now);
}

Result<void> note_former_name(Database& database,
                              std::int64_t number,
                              const ChannelName& name,
                              const ChannelName& next,
                              Instant now) {
  auto noted = database.run(
      "INSERT OR REPLACE INTO former_name (numeric_id, name, renamed_at) VALUES (?1, ?2, ?3)",
      number,
      name.str(),
      now);
  if (!noted) return noted;
  return database.run(
      "DELETE FROM former_name WHERE numeric_id = ?1 AND name = ?2", number, next.str());
}

}  // namespace

Result<void> Store::rename_channel(const ChannelName& name, const ChannelName& next, Instant now) {
  Database& database = impl_->database;
  auto transaction = Transaction::begin(database);
  if (!transaction) return fail(transaction.error());
  const auto channel = known_channel(database, name);
  if (!channel) return fail(channel.error());
  if (name == next) return not_renamed(name, "that is its name");
  const auto number = number_to_go_on(database, name);
  if (!number) return fail(number.error());
  auto allowed = check_not_removed(next, {.name = {}, .numeric_id = *number});
  if (!allowed) return allowed;
  const auto holder = holder_of(database, next, *number);
  if (!holder) return fail(holder.error());
  if (*holder) {
    if (auto taken = take_over(database, *channel, **holder); !taken) return taken;
  }
  const bool followed = *holder && (*holder)->followed;
  if (auto named = write_name(database, *channel, next, followed, now); !named) return named;
  if (auto noted = note_former_name(database, *number, name, next, now); !noted) return noted;
  return transaction->commit();
}

}  // namespace qanat::store
