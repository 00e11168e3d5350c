#include "store/store.h"
#include "store/store_impl.h"

// Runs: what each did, and what did not go well in it.
namespace qanat::store {
namespace {

constexpr std::string_view kRunRows =
    "SELECT id, started_at, ended_at, degraded, planned, fetched, unchanged, failed, deferred,"
    " pages, requests, fresh, edited, deleted, restored, gaps,"
    " robots_ignored FROM run"
    " WHERE ?1 IS NULL OR id = ?1 ORDER BY id DESC LIMIT ?2";

Result<RunRow> read_run(const Rows& rows) {
  return RunRow{.id = rows.get<std::int64_t>(0),
                .started_at = rows.get<Instant>(1),
                .ended_at = rows.get<std::optional<Instant>>(2),
                .degraded = rows.get<bool>(3),
                .robots_ignored = rows.get<bool>(16),
                .totals = {.planned = rows.get<int>(4),
                           .fetched = rows.get<int>(5),
                           .unchanged = rows.get<int>(6),
                           .failed = rows.get<int>(7),
                           .deferred = rows.get<int>(8),
                           .pages = rows.get<int>(9),
                           .requests = rows.get<int>(10),
                           .fresh = rows.get<int>(11),
                           .edited = rows.get<int>(12),
                           .deleted = rows.get<int>(13),
                           .restored = rows.get<int>(14),
                           .gaps = rows.get<int>(15)}};
}

Result<std::vector<RunRow>> read_runs(Database& database,
                                      std::optional<std::int64_t> id,
                                      std::int64_t limit) {
  constexpr std::int64_t kAll = -1;  // SQLite's word for no limit
  return database.list(kRunRows, read_run, id, limit > 0 ? limit : kAll);
}

Result<std::vector<RunTroubles::Failure>> read_failures(Database& database, std::int64_t run) {
  return database.list(
      "SELECT channel.name, at, cause, error FROM run_failure"
      " JOIN channel ON channel.id = run_failure.channel_id WHERE run_id = ?1"
      " ORDER BY run_failure.id",
      [&](const Rows& rows) -> Result<RunTroubles::Failure> {
        auto name = ChannelName::parse(rows.view(0));
        if (!name) return fail(unreadable(database, rows.view(0)));
        return RunTroubles::Failure{.channel = *std::move(name),
                                    .at = rows.get<Instant>(1),
                                    .cause = rows.get<std::string>(2),
                                    .error = rows.get<std::string>(3)};
      },
      run);
}

/// By the moment of the state: runs do not overlap. What a killed run's end was nobody knows, but
/// it was before the next one began.
Result<std::vector<RunTroubles::Loss>> read_losses(Database& database, std::int64_t run) {
  return database.list(
      "SELECT name, state, state_since FROM channel JOIN run ON run.id = ?1"
      " WHERE state NOT IN ('fresh', 'live', 'slow') AND state_since >= started_at"
      " AND CASE WHEN ended_at IS NOT NULL THEN state_since <= ended_at"
      " ELSE NOT EXISTS (SELECT 1 FROM run AS next"
      "                  WHERE next.id > run.id AND next.started_at <= state_since) END"
      " ORDER BY state_since, name",
      [&](const Rows& rows) -> Result<RunTroubles::Loss> {
        auto name = ChannelName::parse(rows.view(0));
        const auto state = state_of(rows.view(1));
        if (!name || !state) return fail(unreadable(database, rows.view(name ? 1 : 0)));
        return RunTroubles::Loss{
            .channel = *std::move(name), .state = *state, .at = rows.get<Instant>(2)};
      },
      run);
}

Result<std::vector<RunTroubles::Unread>> read_unread(Database& database, std::int64_t run) {
  return database.list(
      "SELECT channel.name, low, high, cause FROM gap JOIN channel ON channel.id = gap.channel_id"
      " WHERE run_id = ?1 ORDER BY found_at, channel.name, low",
      [&](const Rows& rows) -> Result<RunTroubles::Unread> {
        auto name = ChannelName::parse(rows.view(0));
        if (!name) return fail(unreadable(database, rows.view(0)));
        return RunTroubles::Unread{.channel = *std::move(name),
                                   .gap = {.low = rows.get<MessageId>(1),
                                           .high = rows.get<MessageId>(2),
                                           .cause = rows.get<std::string>(3)}};
      },
      run);
}

}  // namespace

Result<std::int64_t> Store::begin_run(Instant now, bool robots_ignored) {
  const auto id = impl_->database.value<std::int64_t>(
      "INSERT INTO run (started_at, robots_ignored) VALUES (?1, ?2) RETURNING id",
      now,
      robots_ignored);
  if (!id) return fail(id.error());
  return id->value();
}

Result<void> Store::keep_totals(std::int64_t run, const RunTotals& totals) {
  return impl_->database.run(
      "UPDATE run SET planned = ?2, fetched = ?3, unchanged = ?4, failed = ?5, deferred = ?6,"
      " pages = ?7, requests = ?8, fresh = ?9, edited = ?10, deleted = ?11, restored = ?12,"
      " gaps = ?13 WHERE id = ?1",
      run,
      totals.planned,
      totals.fetched,
      totals.unchanged,
      totals.failed,
      totals.deferred,
      totals.pages,
      totals.requests,
      totals.fresh,
      totals.edited,
      totals.deleted,
      totals.restored,
      totals.gaps);
}

Result<void> Store::keep_deferral(std::int64_t run, const std::string& cause, std::int64_t count) {
  return impl_->database.run(
      "INSERT INTO run_deferral (run_id, cause, visits) VALUES (?1, ?2, ?3)"
      " ON CONFLICT (run_id, cause) DO UPDATE SET visits = visits + excluded.visits",
      run,
      cause,
      count);
}

Result<void> Store::end_run(std::int64_t run, Instant now, const RunTotals& totals, bool degraded) {
  auto transaction = Transaction::begin(impl_->database);
  if (!transaction) return fail(transaction.error());
  if (auto kept = keep_totals(run, totals); !kept) return kept;
  auto ended = impl_->database.run(
      "UPDATE run SET ended_at = ?2, degraded = ?3 WHERE id = ?1", run, now, degraded);
  if (!ended) return ended;
  return transaction->commit();
}

Result<std::vector<RunRow>> Store::runs(std::int64_t limit) {
  return read_runs(impl_->database, std::nullopt, limit);
}

Result<std::optional<RunRow>> Store::run(std::int64_t id) {
  const auto found = read_runs(impl_->database, id, 1);
  if (!found) return fail(found.error());
  if (found->empty()) return std::nullopt;
  return found->front();
}

Result<RunTroubles> Store::troubles(std::int64_t run) {
  Database& database = impl_->database;
  auto failures = read_failures(database, run);
  if (!failures) return fail(failures.error());
  auto losses = read_losses(database, run);
  if (!losses) return fail(losses.error());
  auto unread = read_unread(database, run);
  if (!unread) return fail(unread.error());
  RunTroubles troubles{
      .failures = *std::move(failures), .losses = *std::move(losses), .unread = *std::move(unread)};
  for (const RunTroubles::Failure& failure : troubles.failures) ++troubles.failed[failure.cause];
  auto deferrals = database.query("SELECT cause, visits FROM run_deferral WHERE run_id = ?1", run);
  if (!deferrals) return fail(deferrals.error());
  for (;;) {
    const auto more = deferrals->next();
    if (!more) return fail(more.error());
    if (!*more) return troubles;
    troubles.deferred[deferrals->get<std::string>(0)] = deferrals->get<std::int64_t>(1);
  }
}

}  // namespace qanat::store
