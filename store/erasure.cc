#include "store/erasure.h"

#include <algorithm>
#include <array>
#include <ranges>
#include <set>
#include <string>
#include <string_view>

#include "base/names.h"
#include "record/json.h"
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

constexpr std::array<DetailsTable, 3> kDetails = {DetailsTable{"post", "id"},
                                                  DetailsTable{"post_revision", "post_id"},
                                                  DetailsTable{"post_before", "post_id"}};

/// The names in a table for channels that were taken out, where nothing was under that name.
std::string new_names_in(std::string_view table) {
  return "SELECT named.name, message_id, removed_at, reason, removal.numeric_id"
         " FROM removal CROSS JOIN " +
         std::string(table) +
         " AS named ON named.numeric_id = removal.numeric_id"
         " WHERE NOT EXISTS (SELECT 1 FROM removal AS own WHERE own.channel = named.name"
         "  AND own.message_id IS removal.message_id AND own.numeric_id = removal.numeric_id)";
}

/// By its link, where it has one into the channel; else by its words. `urls` stand between blanks.
bool is_notice_of(const RemovalTarget& target,
                  std::string_view notice,
                  std::string_view urls,
                  const std::vector<std::string>& texts) {
  for (const auto url : urls | std::views::split(' ')) {
    const auto linked = target_of(std::string_view(url));
    if (!linked || !linked->post || linked->channel != target.channel) continue;
    return linked->post == target.post;
  }
  return std::ranges::any_of(
      texts, [&](const std::string& text) { return quotes_beginning(notice, text); });
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
  auto names = list_met_channels(database_);
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
      if (auto erased = erase_with_notices(one, reason, now); !erased) return erased;
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
      auto erased = erase_with_notices(removal.target, removal.reason, now);
      if (!erased) return erased;
    }
  }
  return transaction->commit();
}

Result<std::vector<RemovalTarget>> Erasure::notices_of(const RemovalTarget& target) {
  const auto channel = row_of(target);
  if (!channel) return fail(channel.error());
  if (!*channel || !target.post) return std::vector<RemovalTarget>();
  const auto texts = database_.list(
      "SELECT text FROM post WHERE channel_id = ?1 AND message_id = ?2 UNION ALL"
      " SELECT post_revision.text FROM post_revision JOIN post ON post.id = post_id"
      " WHERE channel_id = ?1 AND message_id = ?2",
      [](const Rows& rows) -> Result<std::string> { return rows.get<std::string>(0); },
      **channel,
      *target.post);
  if (!texts) return fail(texts.error());
  auto rows = database_.query(
      "SELECT message_id, text, (SELECT group_concat(value ->> '$.url', ' ')"
      " FROM json_each(post.details, '$.links')) FROM post"
      " WHERE channel_id = ?1 AND message_id <> ?2 AND kind = ?3"
      " AND details ->> '$.service_kind' = ?4 ORDER BY message_id",
      **channel,
      *target.post,
      name_of(PostKind::service),
      name_of(ServiceKind::pinned));
  if (!rows) return fail(rows.error());
  std::vector<RemovalTarget> notices;
  for (;;) {
    const auto more = rows->next();
    if (!more) return fail(more.error());
    if (!*more) return notices;
    if (!is_notice_of(target, rows->view(1), rows->view(2), *texts)) continue;
    notices.push_back(target);
    notices.back().post = rows->get<MessageId>(0);
  }
}

Result<void> Erasure::erase_with_notices(const RemovalTarget& target,
                                         const std::string& reason,
                                         Instant now) {
  const auto notices = notices_of(target);
  if (!notices) return fail(notices.error());
  for (const RemovalTarget& notice : *notices) {
    if (auto erased = erase_one(notice, reason, now); !erased) return erased;
  }
  return erase_one(target, reason, now);
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
  if (*channel) {
    if (auto erased = erase_rows(**channel, target.post, now); !erased) return erased;
  }
  return cut_excerpts(target);
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
  return post ? Result<void>() : run_each(database_, kOfChannel, channel);
}

Result<void> Erasure::erase_post(std::int64_t post, Instant now) {
  if (auto erased = run_each(database_, kOfPost, post); !erased) return erased;
  if (auto left = leave_clusters(post, now); !left) return left;
  return database_.run("DELETE FROM post WHERE id = ?1", post);
}

/// The rows of a table of details that show words of the target, of posts of any channel.
Result<std::vector<Erasure::ShowingRow>> Erasure::rows_showing(const DetailsTable& table,
                                                               const RemovalTarget& target) {
  const auto own = row_of(target);
  if (!own) return fail(own.error());
  std::vector<ShowingRow> showing;
  // The text ?1 is in the address, or it is the number of the post that is answered.
  auto rows = database_.query(
      "SELECT part.rowid, post.id, post.channel_id, part.details ->> '$.reply_to.post',"
      " ifnull(part.details ->> '$.reply_to.url', ''),"
      " ifnull(part.details ->> '$.link_preview.url', '') FROM " +
          std::string(table.name) + " AS part JOIN post ON post.id = part." +
          std::string(table.post) +
          " WHERE part.details LIKE '%' || ?1 || '%' AND (part.details LIKE '%\"reply_to\"%'"
          " OR part.details LIKE '%\"link_preview\"%')",
      target.post ? std::to_string(*target.post) : target.channel.str());
  if (!rows) return fail(rows.error());
  for (;;) {
    const auto more = rows->next();
    if (!more) return fail(more.error());
    if (!*more) return showing;
    const bool is_own = *own == rows->get<std::int64_t>(2);
    const bool answers =
        is_own && target.post && rows->get<std::optional<MessageId>>(3) == target.post;
    const Excerpts excerpts{.quote = answers || leads_to(rows->view(4), target),
                            .preview = leads_to(rows->view(5), target)};
    if (!excerpts.any()) continue;
    showing.push_back({.row = rows->get<std::int64_t>(0),
                       .post = rows->get<std::int64_t>(1),
                       .is_own = is_own,
                       .excerpts = excerpts});
  }
}

Result<std::vector<PostId>> Erasure::shown_elsewhere(const RemovalTarget& target) {
  std::set<PostId> posts;
  for (const DetailsTable& table : kDetails) {
    const auto rows = rows_showing(table, target);
    if (!rows) return fail(rows.error());
    for (const ShowingRow& row : *rows) {
      if (row.is_own) continue;
      const auto named = database_.list(
          "SELECT channel.name, message_id FROM post JOIN channel ON channel.id = channel_id"
          " WHERE post.id = ?1",
          [&](const Rows& found) -> Result<PostId> {
            auto channel = read_name(database_, found);
            if (!channel) return fail(channel.error());
            return PostId{.channel = *std::move(channel), .message = found.get<MessageId>(1)};
          },
          row.post);
      if (!named) return fail(named.error());
      posts.insert(named->begin(), named->end());
    }
  }
  return std::vector(posts.begin(), posts.end());
}

Result<void> Erasure::cut_excerpts(const RemovalTarget& target) {
  for (const DetailsTable& table : kDetails) {
    const auto rows = rows_showing(table, target);
    if (!rows) return fail(rows.error());
    for (const ShowingRow& row : *rows) {
      if (auto cut = cut_details(table.name, row.row, row.excerpts); !cut) return cut;
      if (auto cut = cut_verdicts(row.post, row.excerpts); !cut) return cut;
    }
  }
  return {};
}

Result<void> Erasure::cut_details(std::string_view table,
                                  std::int64_t row,
                                  const Excerpts& excerpts) {
  const std::string update = "UPDATE " + std::string(table) + " SET details = json_set(details, ";
  if (excerpts.quote) {
    auto cut = database_.run(update + "'$.reply_to.text', '') WHERE rowid = ?1", row);
    if (!cut) return cut;
  }
  if (!excerpts.preview) return {};
  return database_.run(update +
                           "'$.link_preview.title', '', '$.link_preview.description', '',"
                           " '$.link_preview.image_url', '') WHERE rowid = ?1",
                       row);
}

/// The rules have seen the words: a judgement may name them, and is asked for anew.
Result<void> Erasure::cut_verdicts(std::int64_t post, const Excerpts& excerpts) {
  struct Judged {
    std::int64_t id = 0;
    Verdict verdict;
  };
  auto verdicts = database_.list(
      "SELECT id, verdict FROM verdict WHERE post_id = ?1",
      [](const Rows& rows) -> Result<Judged> {
        auto verdict = record::read_verdict(rows.view(1));
        if (!verdict) return fail(verdict.error());
        return Judged{.id = rows.get<std::int64_t>(0), .verdict = *std::move(verdict)};
      },
      post);
  if (!verdicts) return fail(verdicts.error());
  for (auto& [id, verdict] : *verdicts) {
    if (!forget_words(verdict, excerpts)) continue;
    auto cut = database_.run(
        "UPDATE verdict SET verdict = ?2 WHERE id = ?1", id, record::write_verdict(verdict));
    if (!cut) return cut;
  }
  return database_.run("DELETE FROM judged_under WHERE post_id = ?1", post);
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
