#include "store/erasure.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "store/clusters.h"
#include "store/past_writer.h"
#include "store/removals.h"
#include "store/store_impl.h"

namespace qanat::store {
namespace {

/// All that names a post ?1 but its cluster and itself.
constexpr std::array<std::string_view, 7> kOfPost = {
    "DELETE FROM label WHERE post_id = ?1",
    "DELETE FROM verdict_return WHERE post_id = ?1",
    "DELETE FROM verdict_hit WHERE verdict_id IN (SELECT id FROM verdict WHERE post_id = ?1)",
    "DELETE FROM verdict WHERE post_id = ?1",
    "DELETE FROM judged_under WHERE post_id = ?1",
    "DELETE FROM post_revision WHERE post_id = ?1",
    "DELETE FROM post_before WHERE post_id = ?1"};

/// All that names a channel ?1 when its posts are gone.
constexpr std::array<std::string_view, 5> kOfChannel = {
    "DELETE FROM channel_counter WHERE channel_id = ?1",
    "DELETE FROM gap WHERE channel_id = ?1",
    "DELETE FROM run_failure WHERE channel_id = ?1",
    "DELETE FROM fetch WHERE channel_id = ?1",
    "DELETE FROM channel WHERE id = ?1"};

/// Where the excerpt stands that an answer to post ?2 of channel ?1 shows.
constexpr std::array<std::string_view, 4> kExcerpts = {
    "DELETE FROM judged_under WHERE post_id IN (SELECT id FROM post"
    " WHERE channel_id = ?1 AND details ->> '$.reply_to.post' = ?2)",
    "UPDATE post SET details = json_set(details, '$.reply_to.text', '')"
    " WHERE channel_id = ?1 AND details ->> '$.reply_to.post' = ?2",
    "UPDATE post_revision SET details = json_set(details, '$.reply_to.text', '')"
    " WHERE post_id IN (SELECT id FROM post WHERE channel_id = ?1)"
    " AND details ->> '$.reply_to.post' = ?2",
    "UPDATE post_before SET details = json_set(details, '$.reply_to.text', '')"
    " WHERE post_id IN (SELECT id FROM post WHERE channel_id = ?1)"
    " AND details ->> '$.reply_to.post' = ?2"};

/// The names in a table for channels that were taken out, where nothing was under that name.
std::string new_names_in(std::string_view table) {
  return "SELECT named.name, message_id, removed_at, reason, removal.numeric_id"
         " FROM removal CROSS JOIN " +
         std::string(table) +
         " AS named ON named.numeric_id = removal.numeric_id"
         " WHERE NOT EXISTS (SELECT 1 FROM removal AS own WHERE own.channel = named.name"
         "  AND own.message_id IS removal.message_id AND own.numeric_id = removal.numeric_id)";
}

template <std::size_t Count, class... Args>
Result<void> run_each(Database& database,
                      const std::array<std::string_view, Count>& statements,
                      const Args&... args) {
  for (const std::string_view sql : statements) {
    if (auto done = database.run(sql, args...); !done) return done;
  }
  return {};
}

}  // namespace

Result<Erasure> Erasure::open(const std::string& path, std::chrono::milliseconds patience) {
  const auto store = Store::open(path, Access::read_write, patience);
  if (!store) return fail(store.error());
  return open(*store, patience);
}

Result<Erasure> Erasure::open(const Store& store, std::chrono::milliseconds patience) {
  auto database = connect_beside(store, Access::read_write, patience);
  if (!database) return fail(database.error());
  // Rows go from the leaves to the post here. SQLite would search whole tables for rows that refer
  // to each: several references have no index.
  if (auto off = database->script("PRAGMA foreign_keys = OFF"); !off) return fail(off.error());
  return Erasure(*std::move(database));
}

Result<std::vector<ChannelName>> Erasure::known_channels() {
  auto names = list_met_channels(database_, std::nullopt);
  if (!names) return names;
  const auto removals = list_removals(database_, "");
  if (!removals) return fail(removals.error());
  const auto former = list_former_names(database_);
  if (!former) return fail(former.error());
  names->insert(names->end(), former->begin(), former->end());
  for (const Removal& removal : *removals) names->push_back(removal.target.channel);
  std::ranges::sort(*names);
  const auto repeated = std::ranges::unique(*names);
  names->erase(repeated.begin(), repeated.end());
  return names;
}

/// As its page told it, or that of a channel which had the name, or was taken out under it.
Result<std::optional<std::int64_t>> Erasure::number_of(const ChannelName& channel) {
  const auto found = database_.value<std::optional<std::int64_t>>(
      "SELECT coalesce((SELECT numeric_id FROM channel WHERE name = ?1),"
      " (SELECT numeric_id FROM former_name WHERE name = ?1 ORDER BY renamed_at DESC LIMIT 1),"
      " (SELECT max(numeric_id) FROM removal WHERE channel = ?1))",
      channel.str());
  if (!found) return fail(found.error());
  return found->value_or(std::nullopt);
}

Result<std::vector<ChannelName>> Erasure::other_names(const RemovalTarget& target) {
  return database_.list(
      "SELECT name FROM channel WHERE numeric_id = ?1 AND name <> ?2"
      " UNION SELECT name FROM former_name WHERE numeric_id = ?1 AND name <> ?2",
      [&](const Rows& rows) { return read_name(database_, rows); },
      target.numeric_id,
      target.channel.str());
}

Result<std::vector<RemovalTarget>> Erasure::with_other_names(RemovalTarget target) {
  if (!target.numeric_id) {
    const auto number = number_of(target.channel);
    if (!number) return fail(number.error());
    target.numeric_id = *number;
  }
  const auto names = other_names(target);
  if (!names) return fail(names.error());
  std::vector<RemovalTarget> all(1, target);
  for (const ChannelName& name : *names) {
    target.channel = name;
    all.push_back(target);
  }
  return all;
}

/// The channel that the target names; nothing when another one has the name.
Result<std::optional<std::int64_t>> Erasure::row_of(const RemovalTarget& target) {
  const auto stored = stored_number(database_, target.channel);
  if (!stored) return fail(stored.error());
  if (is_other_channel(target.numeric_id, *stored)) return std::nullopt;
  return database_.value<std::int64_t>("SELECT id FROM channel WHERE name = ?1",
                                       target.channel.str());
}

Result<ErasedRows> Erasure::look(const RemovalTarget& target) {
  const auto channel = row_of(target);
  if (!channel) return fail(channel.error());
  auto rows = database_.query(
      "SELECT count(*), ifnull(sum((SELECT count(*) FROM label WHERE label.post_id = post.id)), 0)"
      " FROM post WHERE channel_id = ?1 AND (?2 IS NULL OR message_id = ?2)",
      *channel,
      target.post);
  if (!rows) return fail(rows.error());
  if (const auto found = rows->next(); !found) return fail(found.error());
  return ErasedRows{.posts = rows->get<std::int64_t>(0), .labels = rows->get<std::int64_t>(1)};
}

/// An album's ids lie close together, after that of its post.
Result<std::optional<MessageId>> Erasure::album_of(const RemovalTarget& target) {
  const auto channel = row_of(target);
  if (!channel) return fail(channel.error());
  return database_.value<MessageId>(
      "SELECT message_id FROM post"
      " WHERE channel_id = ?1 AND message_id BETWEEN ?2 - 100 AND ?2 - 1"
      " AND EXISTS (SELECT 1 FROM json_each(post.details, '$.album') AS item"
      " WHERE item.value = ?2)",
      *channel,
      target.post);
}

Result<void> Erasure::erase(std::span<const RemovalTarget> targets,
                            const std::string& reason,
                            Instant now) {
  auto transaction = Transaction::begin(database_);
  if (!transaction) return fail(transaction.error());
  for (const RemovalTarget& target : targets) {
    const auto all = with_other_names(target);
    if (!all) return fail(all.error());
    for (const RemovalTarget& one : *all) {
      if (auto erased = erase_one(one, reason, now); !erased) return erased;
    }
  }
  return transaction->commit();
}

Result<void> Erasure::reach_new_names(Instant now) {
  auto transaction = Transaction::begin(database_);
  if (!transaction) return fail(transaction.error());
  for (const char* table : {"channel", "former_name"}) {
    const auto found = read_removal_rows(database_, new_names_in(table));
    if (!found) return fail(found.error());
    for (const Removal& removal : *found) {
      if (auto erased = erase_one(removal.target, removal.reason, now); !erased) return erased;
    }
  }
  return transaction->commit();
}

Result<void> Erasure::erase_one(const RemovalTarget& target,
                                const std::string& reason,
                                Instant now) {
  auto numbered =
      note_removed_number(database_, target.channel, {.name = {}, .numeric_id = target.numeric_id});
  if (!numbered) return numbered;
  // First: only what is removed may lose its labels.
  auto noted = database_.run(
      "INSERT INTO removal (channel, message_id, removed_at, reason, numeric_id)"
      " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET finished_at = NULL",
      target.channel.str(),
      target.post,
      now,
      reason,
      target.numeric_id);
  if (!noted) return noted;
  const auto channel = row_of(target);
  if (!channel) return fail(channel.error());
  return *channel ? erase_rows(**channel, target.post, now) : Result<void>();
}

Result<void> Erasure::erase_rows(std::int64_t channel, std::optional<MessageId> post, Instant now) {
  const auto posts = database_.list(
      "SELECT id FROM post WHERE channel_id = ?1 AND (?2 IS NULL OR message_id = ?2)",
      [](const Rows& rows) -> Result<std::int64_t> { return rows.get<std::int64_t>(0); },
      channel,
      post);
  if (!posts) return fail(posts.error());
  for (const std::int64_t id : *posts) {
    if (auto erased = erase_post(id, now); !erased) return erased;
  }
  // The next visit asks for the page itself, not whether it is still the one that is erased.
  auto forgotten = database_.run(
      "DELETE FROM page_version WHERE snapshot IN"
      " (SELECT snapshot FROM fetch WHERE channel_id = ?1)",
      channel);
  if (!forgotten) return forgotten;
  return post ? run_each(database_, kExcerpts, channel, *post)
              : run_each(database_, kOfChannel, channel);
}

Result<void> Erasure::erase_post(std::int64_t post, Instant now) {
  if (auto erased = run_each(database_, kOfPost, post); !erased) return erased;
  if (auto left = leave_clusters(post, now); !left) return left;
  return database_.run("DELETE FROM post WHERE id = ?1", post);
}

/// A cluster that the post named has, in the past too, the name of the earliest of its other posts.
Result<void> Erasure::leave_clusters(std::int64_t post, Instant now) {
  PastWriter past(database_, now);
  if (auto left = Clusters(database_, &past).leave(post); !left) return left;
  auto forgotten = database_.run("DELETE FROM cluster_before WHERE post_id = ?1", post);
  if (!forgotten) return forgotten;
  return database_.run(
      "UPDATE cluster_before SET cluster ="
      " (SELECT min(post_id) FROM cluster_before WHERE cluster = ?1) WHERE cluster = ?1",
      post);
}

Result<std::vector<Removal>> Erasure::unfinished() {
  return list_removals(database_, " WHERE finished_at IS NULL");
}

Result<void> Erasure::finish(Instant now) {
  if (auto emptied = database_.empty_log(); !emptied) return emptied;
  return database_.run("UPDATE removal SET finished_at = ?1 WHERE finished_at IS NULL", now);
}

Result<bool> Erasure::allow(const RemovalTarget& target) {
  const auto number = number_of(target.channel);
  if (!number) return fail(number.error());
  auto allowed = database_.run(
      "DELETE FROM removal WHERE message_id IS ?2 AND (channel = ?1 OR numeric_id = ?3"
      " OR numeric_id IN (SELECT numeric_id FROM removal WHERE channel = ?1 AND message_id IS ?2))",
      target.channel.str(),
      target.post,
      *number);
  if (!allowed) return fail(allowed.error());
  return database_.changes() > 0;
}

}  // namespace qanat::store
