#include <utility>

#include "record/json.h"
#include "store/past_writer.h"
#include "store/store.h"
#include "store/store_impl.h"
#include "store/verdict_writer.h"

namespace qanat::store {
namespace {

/// The post's row, when its verdict is still to be replaced: the post is at the revision that was
/// judged, and its verdict is another or by other rules.
Result<std::optional<std::int64_t>> row_to_rejudge(Database& database, const Rejudged& rejudged) {
  return database.value<std::int64_t>(
      "SELECT post.id FROM post JOIN channel ON channel.id = post.channel_id"
      " JOIN verdict ON verdict.post_id = post.id AND verdict.current = 1"
      " JOIN ruleset ON ruleset.id = verdict.ruleset_id"
      " WHERE channel.name = ?1 AND post.message_id = ?2 AND post.revision = ?3"
      " AND (ruleset.fingerprint <> ?4 OR verdict.verdict <> ?5)",
      rejudged.id.channel.str(),
      rejudged.id.message,
      rejudged.revision,
      rejudged.verdict.ruleset,
      record::write_verdict(rejudged.verdict));
}

Result<void> put_in_force(Database& database,
                          std::int64_t row,
                          const Rejudged& rejudged,
                          Instant now) {
  const auto moment = moment_of_change(database, row, now);
  if (!moment) return fail(moment.error());
  VerdictWriter writer(database, *moment);
  auto written = writer.put_in_force(row, rejudged.revision, rejudged.verdict, rejudged.normalized);
  if (!written) return written;
  return writer.note_profile(row, rejudged.profile);
}

}  // namespace

Result<std::size_t> Store::keep_verdicts(std::span<const Rejudged> verdicts, Instant now) {
  auto transaction = Transaction::begin(impl_->database);
  if (!transaction) return fail(transaction.error());
  std::size_t kept = 0;
  for (const Rejudged& rejudged : verdicts) {
    const auto row = row_to_rejudge(impl_->database, rejudged);
    if (!row) return fail(row.error());
    if (!*row) continue;
    auto written = put_in_force(impl_->database, **row, rejudged, now);
    if (!written) return fail(written.error());
    ++kept;
  }
  if (kept > 0) {
    auto noted = impl_->database.run("INSERT OR IGNORE INTO clusters_outdated VALUES (1)");
    if (!noted) return fail(noted.error());
  }
  if (auto committed = transaction->commit(); !committed) return fail(committed.error());
  return kept;
}

Result<void> Store::confirm_verdicts(std::span<const Confirmed> posts, const JudgedUnder& under) {
  auto transaction = Transaction::begin(impl_->database);
  if (!transaction) return fail(transaction.error());
  for (const Confirmed& post : posts) {
    auto confirmed = impl_->database.run(
        "INSERT OR REPLACE INTO judged_under (post_id, ruleset_id, profile)"
        " SELECT post.id, ruleset.id, ?5 FROM post JOIN channel ON channel.id = post.channel_id"
        " JOIN verdict ON verdict.post_id = post.id AND verdict.current = 1"
        " JOIN ruleset ON ruleset.id = verdict.ruleset_id"
        " WHERE channel.name = ?1 AND post.message_id = ?2 AND post.revision = ?3"
        " AND ruleset.fingerprint = ?4",
        post.id.channel.str(),
        post.id.message,
        post.revision,
        under.ruleset,
        under.profile);
    if (!confirmed) return confirmed;
  }
  return transaction->commit();
}

Result<std::int64_t> Store::count_judged_under(const ChannelName& channel,
                                               const JudgedUnder& under) {
  const auto count = impl_->database.value<std::int64_t>(
      "SELECT count(*) FROM post CROSS JOIN judged_under ON judged_under.post_id = post.id"
      " WHERE post.channel_id = (SELECT id FROM channel WHERE name = ?1)"
      " AND ruleset_id = (SELECT id FROM ruleset WHERE fingerprint = ?2) AND profile = ?3",
      channel.str(),
      under.ruleset,
      under.profile);
  if (!count) return fail(count.error());
  return count->value_or(0);
}

}  // namespace qanat::store
