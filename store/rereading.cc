#include <map>
#include <utility>

#include "store/excerpts.h"
#include "store/post_writer.h"
#include "store/removals.h"
#include "store/store.h"
#include "store/store_impl.h"

// Pages of earlier visits, read anew.
namespace qanat::store {
namespace {

/// Writes posts as another parser reads them, inside the caller's transaction.
class RereadWriter {
 public:
  RereadWriter(Database& database, Instant now) : database_(database), now_(now) {}

  /// False when the store does not have the post, or has read it from another page since.
  Result<bool> write(const Reread& reread) {
    const auto origin = origin_of(reread);
    if (!origin) return fail(origin.error());
    if (!*origin) return false;
    const auto source = source_for(**origin, reread.parser);
    if (!source) return fail(source.error());
    PostWriter writer(database_, *source, now_);
    const auto removals = read_removals(database_, reread.judged.post.id.channel, {});
    if (!removals) return fail(removals.error());
    const auto cut = without_removed_excerpts(database_, reread.judged, *removals);
    if (!cut) return fail(cut.error());
    const JudgedPost& judged = *cut ? **cut : reread.judged;
    const auto known = writer.find(judged);
    if (!known) return fail(known.error());
    if (auto updated = writer.update(known->value(), judged); !updated) {
      return fail(updated.error());
    }
    return true;
  }

 private:
  Result<std::optional<PostSource>> origin_of(const Reread& reread) {
    auto rows = database_.query(
        "SELECT post.channel_id, fetch.id, fetch.fetched_at"
        " FROM post JOIN channel ON channel.id = post.channel_id"
        " JOIN fetch ON fetch.id = post.last_fetch_id"
        " WHERE channel.name = ?1 AND post.message_id = ?2 AND fetch.snapshot = ?3",
        reread.judged.post.id.channel.str(),
        reread.judged.post.id.message,
        reread.snapshot);
    if (!rows) return fail(rows.error());
    const auto found = rows->next();
    if (!found) return fail(found.error());
    if (!*found) return std::nullopt;
    return PostSource{.channel = rows->get<std::int64_t>(0),
                      .fetch = rows->get<std::int64_t>(1),
                      .fetched_at = rows->get<Instant>(2),
                      .is_sight = false};
  }

  /// The same page, as `parser` reads it.
  Result<PostSource> source_for(PostSource origin, const std::string& parser) {
    const auto made = fetches_.find(origin.fetch);
    if (made != fetches_.end()) {
      origin.fetch = made->second;
      return origin;
    }
    const auto id = database_.value<std::int64_t>(
        "INSERT INTO fetch (run_id, channel_id, fetched_at, host, snapshot, parser, posts)"
        " SELECT run_id, channel_id, fetched_at, host, snapshot, ?2, posts FROM fetch WHERE id = ?1"
        " RETURNING id",
        origin.fetch,
        parser);
    if (!id) return fail(id.error());
    fetches_.emplace(origin.fetch, id->value());
    origin.fetch = id->value();
    return origin;
  }

  Database& database_;
  Instant now_;
  std::map<std::int64_t, std::int64_t> fetches_;  ///< as first read → as read now
};

}  // namespace

Result<std::size_t> Store::keep_reread(std::span<const Reread> posts, Instant now) {
  auto transaction = Transaction::begin(impl_->database);
  if (!transaction) return fail(transaction.error());
  RereadWriter writer(impl_->database, now);
  std::size_t kept = 0;
  for (const Reread& reread : posts) {
    const auto written = writer.write(reread);
    if (!written) return fail(written.error());
    if (*written) ++kept;
  }
  if (auto committed = transaction->commit(); !committed) return fail(committed.error());
  return kept;
}

}  // namespace qanat::store
