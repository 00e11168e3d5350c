#include "store/past_pruning.h"

#include <array>
#include <string_view>

#include "store/store_impl.h"

namespace qanat::store {
namespace {

// The notes of a moment are the first that lasted until later than it. A verdict that came back is
// asked for until another one is in force.
constexpr std::array<std::string_view, 3> kPrunable = {
    "post_before WHERE until <= ?1",
    "cluster_before WHERE until <= ?1",
    "verdict_return WHERE returned_at <= ?1 AND (EXISTS (SELECT 1 FROM verdict_return AS later"
    " WHERE later.post_id = verdict_return.post_id AND later.id > verdict_return.id"
    " AND later.returned_at <= ?1) OR EXISTS (SELECT 1 FROM verdict"
    " WHERE verdict.post_id = verdict_return.post_id"
    " AND verdict.judged_at > verdict_return.returned_at AND verdict.judged_at <= ?1))"};

Result<bool> is_pruned(Database& database, Instant since) {
  const auto known = past_known_since(database);
  if (!known) return fail(known.error());
  return *known && **known >= since;
}

Result<std::int64_t> count(Database& database, Instant since) {
  std::int64_t sum = 0;
  for (const std::string_view rows : kPrunable) {
    const auto found =
        database.value<std::int64_t>("SELECT count(*) FROM " + std::string(rows), since);
    if (!found) return fail(found.error());
    sum += found->value_or(0);
  }
  return sum;
}

Result<std::int64_t> remove(Database& database, Instant since) {
  std::int64_t sum = 0;
  for (const std::string_view rows : kPrunable) {
    auto removed = database.run("DELETE FROM " + std::string(rows), since);
    if (!removed) return fail(removed.error());
    sum += database.changes();
  }
  auto remembered = database.run(
      "INSERT INTO past (id, known_since) VALUES (1, ?1)"
      " ON CONFLICT (id) DO UPDATE SET known_since = ?1",
      since);
  if (!remembered) return fail(remembered.error());
  return sum;
}

}  // namespace

Result<std::int64_t> count_past_before(const std::string& path, Instant since) {
  auto database = open_beside(path, Access::read_only, kPatience);
  if (!database) return fail(database.error());
  const auto pruned = is_pruned(*database, since);
  if (!pruned) return fail(pruned.error());
  return *pruned ? 0 : count(*database, since);
}

Result<std::int64_t> prune_past(const std::string& path, Instant since) {
  auto database = open_beside(path, Access::read_write, kPatience);
  if (!database) return fail(database.error());
  // Asked for after each run: the tables are searched once a month.
  const auto pruned = is_pruned(*database, since);
  if (!pruned) return fail(pruned.error());
  if (*pruned) return 0;
  auto transaction = Transaction::begin(*database);
  if (!transaction) return fail(transaction.error());
  const auto removed = remove(*database, since);
  if (!removed) return removed;
  if (auto kept = transaction->commit(); !kept) return fail(kept.error());
  return removed;
}

Result<std::optional<Instant>> past_known_since(Database& database) {
  return database.value<Instant>("SELECT known_since FROM past");
}

}  // namespace qanat::store
