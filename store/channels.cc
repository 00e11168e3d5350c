#include <algorithm>
#include <array>
#include <utility>

#include "store/store.h"
#include "store/store_impl.h"

// Seeds and their frontier.
namespace qanat::store {
namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, 10> kStates = {"fresh",
                                                      "live",
                                                      "slow",
                                                      "no_preview",
                                                      "restricted",
                                                      "blocked",
                                                      "gone",
                                                      "taken",
                                                      "renamed",
                                                      "redacted"};
static_assert(kStates.size() == static_cast<std::size_t>(ChannelState::redacted) + 1);

constexpr std::string_view kChannelRows =
    "SELECT name, state, title, added_at, last_visit_at, last_success_at, last_error, next_due_at,"
    " settled, (SELECT count(*) FROM post WHERE post.channel_id = channel.id),"
    " ifnull((SELECT value_text FROM channel_counter"
    "         WHERE channel_id = channel.id AND position = 0), ''),"
    " state_since, failures, posts_per_day, username, numeric_id"
    " FROM channel WHERE followed = 1";

Result<ChannelRow> read_channel(const Database& database, const Rows& rows) {
  auto name = read_name(database, rows);
  if (!name) return fail(name.error());
  const auto state = state_of(rows.view(1));
  if (!state) return fail(unreadable(database, rows.view(1)));
  return ChannelRow{.name = *std::move(name),
                    .state = *state,
                    .state_since = rows.get<Instant>(11),
                    .title = rows.get<std::string>(2),
                    .username = rows.get<std::string>(14),
                    .numeric_id = rows.get<std::optional<std::int64_t>>(15),
                    .subscribers = rows.get<std::string>(10),
                    .added_at = rows.get<Instant>(3),
                    .last_visit_at = rows.get<std::optional<Instant>>(4),
                    .last_success_at = rows.get<std::optional<Instant>>(5),
                    .last_error = rows.get<std::string>(6),
                    .failures = rows.get<int>(12),
                    .posts_per_day = rows.get<std::optional<double>>(13),
                    .next_due_at = rows.get<std::optional<Instant>>(7),
                    .settled = rows.get<std::optional<MessageId>>(8),
                    .posts = rows.get<std::int64_t>(9)};
}

/// The followed channels that meet `which`, which goes on with AND or ORDER BY.
template <class... Args>
Result<std::vector<ChannelRow>> read_channels(Database& database,
                                              std::string_view which,
                                              const Args&... args) {
  return database.list(
      std::string(kChannelRows) + std::string(which),
      [&](const Rows& rows) { return read_channel(database, rows); },
      args...);
}

}  // namespace

std::optional<ChannelState> state_of(std::string_view name) {
  const auto* const found = std::ranges::find(kStates, name);
  if (found == kStates.end()) return std::nullopt;
  return static_cast<ChannelState>(found - kStates.begin());
}

std::span<const std::string_view> channel_state_names() { return kStates; }

Result<ChannelName> read_name(const Database& database, const Rows& rows) {
  auto name = ChannelName::parse(rows.view(0));
  if (!name) return fail(unreadable(database, rows.view(0)));
  return *std::move(name);
}

std::string_view name_of(ChannelState state) { return kStates.at(static_cast<std::size_t>(state)); }

Error unreadable(const Database& database, std::string_view value) {
  return {.code = Errc::storage_unusable,
          .message = database.path() + ": it holds '" + std::string(value) +
                     "', which qanat never writes; restore it from a backup"};
}

Result<std::vector<ChannelName>> list_met_channels(Database& database) {
  return database.list("SELECT name FROM channel ORDER BY name",
                       [&](const Rows& rows) { return read_name(database, rows); });
}

Result<std::vector<ChannelName>> list_channels_with_posts(Database& database,
                                                          std::optional<Instant> as_of) {
  return database.list(
      "SELECT name FROM channel WHERE EXISTS (SELECT 1 FROM post CROSS JOIN verdict"
      " ON verdict.post_id = post.id AND (?1 IS NULL OR verdict.judged_at <= ?1)"
      " WHERE post.channel_id = channel.id) ORDER BY name",
      [&](const Rows& rows) { return read_name(database, rows); },
      as_of);
}

Result<std::vector<ChannelName>> list_former_names(Database& database) {
  return database.list("SELECT DISTINCT name FROM former_name ORDER BY name",
                       [&](const Rows& rows) { return read_name(database, rows); });
}

Result<std::int64_t> known_channel(Database& database, const ChannelName& name) {
  const auto id =
      database.value<std::int64_t>("SELECT id FROM channel WHERE name = ?1", name.str());
  if (!id) return fail(id.error());
  if (*id) return **id;
  // A visit that began before `channels rename` still has the old name.
  const auto next = database.value<std::string>(
      "SELECT channel.name FROM former_name JOIN channel USING (numeric_id)"
      " WHERE former_name.name = ?1 ORDER BY renamed_at DESC LIMIT 1",
      name.str());
  if (!next) return fail(next.error());
  const std::string remedy = *next ? ": it is " + **next + " there since it was renamed"
                                   : ": qanat channels add " + name.str();
  return fail(Errc::usage, name.str() + " is not in " + database.path() + remedy);
}

Result<std::optional<std::int64_t>> stored_number(Database& database, const ChannelName& name) {
  const auto found = database.value<std::optional<std::int64_t>>(
      "SELECT numeric_id FROM channel WHERE name = ?1", name.str());
  if (!found) return fail(found.error());
  return found->value_or(std::nullopt);
}

Result<std::vector<ChannelName>> names_with_number(Database& database, std::int64_t numeric_id) {
  return database.list(
      "SELECT name FROM channel WHERE numeric_id = ?1 ORDER BY id",
      [&](const Rows& rows) { return read_name(database, rows); },
      numeric_id);
}

Result<bool> Store::add_channel(const ChannelName& name, Instant now, const ShownChannel& shown) {
  if (auto allowed = check_not_removed(name, shown); !allowed) return fail(allowed.error());
  auto added = impl_->database.run(
      "INSERT INTO channel (name, followed, state, state_since, added_at)"
      " VALUES (?1, 1, 'fresh', ?2, ?2)"
      " ON CONFLICT (name) DO UPDATE SET followed = 1, added_at = ?2, next_due_at = NULL"
      " WHERE followed = 0",
      name.str(),
      now);
  if (!added) return fail(added.error());
  return impl_->database.changes() > 0;
}

Result<std::vector<ChannelName>> Store::add_channels(std::span<const ChannelName> names,
                                                     Instant now) {
  auto transaction = Transaction::begin(impl_->database);
  if (!transaction) return fail(transaction.error());
  std::vector<ChannelName> known;
  for (const ChannelName& name : names) {
    const auto added = add_channel(name, now);
    if (!added) return fail(added.error());
    if (!*added) known.push_back(name);
  }
  if (auto kept = transaction->commit(); !kept) return fail(kept.error());
  return known;
}

Result<void> Store::remove_channels(std::span<const ChannelName> names) {
  auto transaction = Transaction::begin(impl_->database);
  if (!transaction) return fail(transaction.error());
  for (const ChannelName& name : names) {
    if (auto removed = remove_channel(name); !removed) return fail(removed.error());
  }
  return transaction->commit();
}

Result<bool> Store::remove_channel(const ChannelName& name) {
  auto removed = impl_->database.run(
      "UPDATE channel SET followed = 0 WHERE name = ?1 AND followed = 1", name.str());
  if (!removed) return fail(removed.error());
  return impl_->database.changes() > 0;
}

Result<std::vector<ChannelRow>> Store::channels() {
  return read_channels(impl_->database, " ORDER BY name");
}

Result<std::vector<ChannelName>> Store::met_channels() {
  return list_met_channels(impl_->database);
}

Result<std::vector<ChannelName>> Store::channels_with_posts() {
  return list_channels_with_posts(impl_->database, std::nullopt);
}

Result<std::vector<ChannelName>> Store::former_names() {
  return list_former_names(impl_->database);
}

Result<std::optional<ChannelRow>> Store::channel(const ChannelName& name) {
  auto found = read_channels(impl_->database, " AND name = ?1", name.str());
  if (!found) return fail(found.error());
  if (found->empty()) return std::nullopt;
  return std::move(found->front());
}

Result<std::optional<std::int64_t>> Store::numeric_id(const ChannelName& name) {
  return stored_number(impl_->database, name);
}

Result<std::vector<ChannelName>> Store::names_of_channel(std::int64_t numeric_id) {
  return names_with_number(impl_->database, numeric_id);
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

Result<std::optional<Store::Due>> Store::next_due(Instant end) {
  auto rows = impl_->database.query(
      "SELECT name, next_due_at FROM channel INDEXED BY channel_by_due"
      " WHERE followed = 1 AND (next_due_at IS NULL OR next_due_at < ?1)"
      " ORDER BY next_due_at, name LIMIT 1",
      end);
  if (!rows) return fail(rows.error());
  const auto found = rows->next();
  if (!found) return fail(found.error());
  if (!*found) return std::nullopt;
  auto name = read_name(impl_->database, *rows);
  if (!name) return fail(name.error());
  return Due{.channel = *std::move(name), .at = rows->get<std::optional<Instant>>(1)};
}

Result<std::int64_t> Store::count_due(Instant end) {
  const auto count = impl_->database.value<std::int64_t>(
      "SELECT count(*) FROM channel"
      " WHERE followed = 1 AND (next_due_at IS NULL OR next_due_at < ?1)",
      end);
  if (!count) return fail(count.error());
  return count->value_or(0);
}

Result<bool> Store::waits_since(Instant moment) {
  const auto waits = impl_->database.value<bool>(
      "SELECT EXISTS (SELECT 1 FROM channel"
      " WHERE followed = 1 AND ifnull(next_due_at, added_at) < ?1)",
      moment);
  if (!waits) return fail(waits.error());
  return waits->value_or(false);
}

Result<std::int64_t> Store::bring_forward(std::chrono::seconds ceiling, Instant now) {
  constexpr std::chrono::seconds kSlack = std::chrono::days{1};  // until the channel's own minute
  constexpr std::chrono::seconds kLongestProbe = std::chrono::days{31};
  auto moved = impl_->database.run(
      "UPDATE channel SET next_due_at = ifnull(max(?1, latest), ?1)"
      " FROM (SELECT id AS late, iif(state IN ('live', 'slow') AND failures = 0"
      "                               AND last_success_at <= ?1, last_success_at + ?2, NULL)"
      "       AS latest FROM channel)"
      " WHERE id = late AND followed = 1 AND state IN"
      "  ('live', 'slow', 'no_preview', 'restricted', 'blocked', 'gone')"
      " AND next_due_at > ?3 + ifnull(max(?1, latest), ?1 + max(?2, ?4))",
      now,
      ceiling.count(),
      kSlack.count(),
      kLongestProbe.count());
  if (!moved) return fail(moved.error());
  return impl_->database.changes();
}

Result<void> Store::keep_failure(const FailedVisit& visit, Instant now) {
  auto transaction = Transaction::begin(impl_->database);
  if (!transaction) return fail(transaction.error());
  const auto id = known_channel(impl_->database, visit.channel);
  if (!id) return fail(id.error());
  const auto state = visit.state ? std::optional(name_of(*visit.state)) : std::nullopt;
  auto kept = impl_->database.run(
      "UPDATE channel SET last_visit_at = ?2, last_error = ?3, next_due_at = ?4,"
      " failures = failures + 1, state = ifnull(?5, state),"
      " state_since = iif(state = ifnull(?5, state), state_since, ?2) WHERE id = ?1",
      *id,
      now,
      visit.error,
      visit.next_due_at,
      state);
  if (!kept) return kept;
  if (visit.run != 0) {
    auto noted = impl_->database.run(
        "INSERT INTO run_failure (run_id, channel_id, at, cause, error)"
        " VALUES (?1, ?2, ?3, ?4, ?5)",
        visit.run,
        *id,
        now,
        visit.cause,
        visit.error);
    if (!noted) return noted;
  }
  return transaction->commit();
}

}  // namespace qanat::store
