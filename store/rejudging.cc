#include <utility>

#include "record/json.h"
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

}  // namespace

Result<std::size_t> Store::keep_verdicts(std::span<const Rejudged> verdicts, Instant now) {
  auto transaction = Transaction::begin(impl_->database);
  if (!transaction) return fail(transaction.error());
  VerdictWriter writer(impl_->database, now);
  std::size_t kept = 0;
  for (const Rejudged& rejudged : verdicts) {
    const auto row = row_to_rejudge(impl_->database, rejudged);
    if (!row) return fail(row.error());
    if (!*row) continue;
    auto written =
        writer.put_in_force(**row, rejudged.revision, rejudged.verdict, rejudged.normalized);
    if (!written) return fail(written.error());
    ++kept;
  }
  if (auto committed = transaction->commit(); !committed) return fail(committed.error());
  return kept;
}

}  // namespace qanat::store
