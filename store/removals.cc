#include "store/removals.h"

#include <string>
#include <utility>

#include "store/store_impl.h"

// What was taken out for good, as the rest of the store asks for it.
namespace qanat::store {

namespace {

std::optional<std::string> text_of(const std::optional<ChannelName>& name) {
  return name ? std::optional(name->str()) : std::nullopt;
}

Result<Removal> read_removal(const Database& database, const Rows& rows) {
  auto channel = read_name(database, rows);
  if (!channel) return fail(channel.error());
  return Removal{.target = {.channel = *std::move(channel),
                            .post = rows.get<std::optional<MessageId>>(1),
                            .numeric_id = rows.get<std::optional<std::int64_t>>(4)},
                 .removed_at = rows.get<Instant>(2),
                 .reason = rows.get<std::string>(3)};
}

constexpr std::string_view kRemovalRows =
    "SELECT channel, message_id, removed_at, reason, numeric_id FROM removal";

}  // namespace

/// By its number, where both are known; else by its names.
Result<ChannelRemovals> read_removals(Database& database,
                                      const ChannelName& kept_as,
                                      const ShownChannel& shown) {
  const auto stored = stored_number(database, kept_as);
  if (!stored) return fail(stored.error());
  const auto number = shown.numeric_id ? shown.numeric_id : *stored;
  const auto found = database.list(
      std::string(kRemovalRows) + " WHERE channel IN (?1, ?2) OR numeric_id = ?3",
      [&](const Rows& rows) { return read_removal(database, rows); },
      kept_as.str(),
      text_of(shown.name),
      number);
  if (!found) return fail(found.error());
  ChannelRemovals removals;
  for (const auto& [target, removed_at, reason] : *found) {
    if (is_other_channel(target.numeric_id, number)) continue;
    if (target.post) {
      removals.posts.insert(*target.post);
    } else {
      removals.whole = {.name = target.channel, .removed_at = removed_at};
    }
  }
  return removals;
}

/// What was finished without the number may be in the archive under further names.
Result<void> note_removed_number(Database& database,
                                 const ChannelName& kept_as,
                                 const ShownChannel& shown) {
  if (!shown.numeric_id) return {};
  const auto name = text_of(shown.name);
  const auto nameless = database.value<bool>(
      "SELECT EXISTS (SELECT 1 FROM removal WHERE channel IN (?1, ?2) AND numeric_id IS NULL)",
      kept_as.str(),
      name);
  if (!nameless) return fail(nameless.error());
  if (!nameless->value_or(false)) return {};
  return database.run(
      "UPDATE OR REPLACE removal SET numeric_id = ?3, finished_at = NULL"
      " WHERE channel IN (?1, ?2) AND numeric_id IS NULL",
      kept_as.str(),
      name,
      *shown.numeric_id);
}

Result<std::vector<Removal>> list_removals(Database& database, std::string_view condition) {
  std::string sql(kRemovalRows);
  sql += condition;
  sql += " ORDER BY channel, ifnull(message_id, 0), id";
  return read_removal_rows(database, sql);
}

Result<std::vector<Removal>> read_removal_rows(Database& database, std::string_view sql) {
  return database.list(sql, [&](const Rows& rows) { return read_removal(database, rows); });
}

Result<std::vector<Removal>> Store::removals() { return list_removals(impl_->database); }

Result<ChannelRemovals> Store::removals_of(const ChannelName& kept_as, const ShownChannel& shown) {
  return read_removals(impl_->database, kept_as, shown);
}

Result<void> Store::note_number(const ChannelName& kept_as, const ShownChannel& shown) {
  return note_removed_number(impl_->database, kept_as, shown);
}

Result<void> Store::check_not_removed(const ChannelName& channel, const ShownChannel& shown) {
  const auto removals = removals_of(channel, shown);
  if (!removals) return fail(removals.error());
  if (!removals->whole) return {};
  const auto& [name, removed_at] = *removals->whole;
  return fail(Errc::usage,
              channel.str() + ": removed for good on " + format_instant(removed_at) +
                  (name == channel ? "" : " as " + name.str()) +
                  ", so it is not followed; `qanat redact --undo " + name.str() +
                  "` allows it again");
}

}  // namespace qanat::store
