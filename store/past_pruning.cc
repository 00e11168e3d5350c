#include "store/past_pruning.h"

#include <array>
#include <string_view>

#include "store/store_impl.h"

namespace qanat::store {
namespace {

/// Notes of one kind: those that meet `where` tell only of moments before ?1.
struct Notes {
  std::string_view table;
  std::string_view where;
};

// The notes of a moment are the first that lasted until later than it. A verdict that came back is
// asked for until another one is in force.
constexpr std::array kPrunable = {
    Notes{.table = "verdict_return",
          .where = "returned_at <= ?1 AND (EXISTS (SELECT 1 FROM verdict_return AS later"
                   " WHERE later.post_id = verdict_return.post_id AND later.id > verdict_return.id"
                   " AND later.returned_at <= ?1) OR EXISTS (SELECT 1 FROM verdict"
                   " WHERE verdict.post_id = verdict_return.post_id"
                   " AND verdict.judged_at > verdict_return.returned_at"
                   " AND verdict.judged_at <= ?1))"},
    Notes{.table = "cluster_before", .where = "until <= ?1"},
    Notes{.table = "post_before", .where = "until <= ?1"}};

/// Deleted in a second or two on a slow disk.
constexpr std::int64_t kBatch = 20'000;

/// Whether nothing of it is left either, when an earlier call was ended. Notes of clusters and
/// posts are numbered in the order of their time.
Result<bool> is_pruned(Database& database, Instant since) {
  const auto known = past_known_since(database);
  if (!known) return fail(known.error());
  if (!*known || **known < since) return false;
  const auto left = database.value<bool>(
      "SELECT ifnull((SELECT until <= ?1 FROM post_before ORDER BY id LIMIT 1), 0)"
      " OR ifnull((SELECT until <= ?1 FROM cluster_before ORDER BY id LIMIT 1), 0)"
      " OR EXISTS (SELECT 1 FROM verdict_return WHERE " +
          std::string(kPrunable.front().where) + ")",
      since);
  if (!left) return fail(left.error());
  return !left->value_or(false);
}

Result<std::int64_t> count(Database& database, Instant since) {
  std::int64_t sum = 0;
  for (const auto& [table, where] : kPrunable) {
    const auto found = database.value<std::int64_t>(
        "SELECT count(*) FROM " + std::string(table) + " WHERE " + std::string(where), since);
    if (!found) return fail(found.error());
    sum += found->value_or(0);
  }
  return sum;
}

/// Those with a number above `after`, up to `last`; one transaction.
Result<std::int64_t> remove_batch(
    Database& database, const Notes& notes, Instant since, std::int64_t after, std::int64_t last) {
  auto transaction = Transaction::begin(database);
  if (!transaction) return fail(transaction.error());
  auto removed = database.run("DELETE FROM " + std::string(notes.table) +
                                  " WHERE id > ?2 AND id <= ?3 AND " + std::string(notes.where),
                              since,
                              after,
                              last);
  if (!removed) return fail(removed.error());
  const std::int64_t count = database.changes();
  if (auto kept = transaction->commit(); !kept) return fail(kept.error());
  return count;
}

Result<std::int64_t> remove(Database& database,
                            const Notes& notes,
                            Instant since,
                            const MayGoOn& may_go_on) {
  const std::string batch = "SELECT max(id) FROM (SELECT id FROM " + std::string(notes.table) +
                            " WHERE id > ?1 ORDER BY id LIMIT ?2)";
  std::int64_t sum = 0;
  for (std::int64_t after = 0; may_go_on();) {
    const auto last = database.value<std::optional<std::int64_t>>(batch, after, kBatch);
    if (!last) return fail(last.error());
    const auto end = last->value_or(std::nullopt);
    if (!end) break;
    const auto removed = remove_batch(database, notes, since, after, *end);
    if (!removed) return removed;
    sum += *removed;
    after = *end;
  }
  return sum;
}

/// First of all: what is half deleted must not be told.
Result<void> remember(Database& database, Instant since) {
  return database.run(
      "INSERT INTO past (id, known_since) VALUES (1, ?1)"
      " ON CONFLICT (id) DO UPDATE SET known_since = max(known_since, ?1)",
      since);
}

}  // namespace

Result<std::int64_t> count_past_before(const std::string& path, Instant since) {
  auto database = open_beside(path, Access::read_only, kPatience);
  if (!database) return fail(database.error());
  const auto pruned = is_pruned(*database, since);
  if (!pruned) return fail(pruned.error());
  return *pruned ? 0 : count(*database, since);
}

Result<std::int64_t> prune_past(const std::string& path, Instant since, const MayGoOn& may_go_on) {
  auto database = open_beside(path, Access::read_write, kPatience);
  if (!database) return fail(database.error());
  // Asked for after each run: the tables are searched once a month.
  const auto pruned = is_pruned(*database, since);
  if (!pruned) return fail(pruned.error());
  if (*pruned) return 0;
  if (auto remembered = remember(*database, since); !remembered) return fail(remembered.error());
  std::int64_t sum = 0;
  for (const Notes& notes : kPrunable) {
    const auto removed = remove(*database, notes, since, may_go_on);
    if (!removed) return removed;
    sum += *removed;
  }
  return sum;
}

Result<std::optional<Instant>> past_known_since(Database& database) {
  return database.value<Instant>("SELECT known_since FROM past");
}

}  // namespace qanat::store
