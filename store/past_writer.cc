#include "store/past_writer.h"

namespace qanat::store {

Result<Instant> moment_of_change(Database& database, std::int64_t post, Instant now) {
  const auto moment = database.value<Instant>(
      "SELECT iif(latest > ?2, latest + 1, ?2) FROM (SELECT max(?2,"
      " ifnull((SELECT max(judged_at) FROM verdict WHERE post_id = ?1), ?2),"
      " ifnull((SELECT max(returned_at) FROM verdict_return WHERE post_id = ?1), ?2),"
      " ifnull((SELECT until FROM post_before WHERE post_id = ?1 ORDER BY id DESC LIMIT 1), ?2))"
      " AS latest)",
      post,
      now);
  if (!moment) return fail(moment.error());
  return moment->value();
}

// Of the details the members that change: for most posts the counters alone.
Result<void> PastWriter::note_post(std::int64_t post, std::optional<std::string_view> details) {
  return database_->run(
      "INSERT INTO post_before (post_id, until, revision, last_seen_at, deleted_at, last_fetch_id,"
      " details) SELECT id, ?2, revision, last_seen_at, deleted_at, last_fetch_id,"
      " (SELECT json_group_object(key, json(ifnull(post.details -> key, 'null'))) FROM"
      " (SELECT key FROM json_each(post.details) WHERE ?3 IS NOT NULL"
      " UNION SELECT key FROM json_each(?3)) WHERE post.details -> key IS NOT ?3 -> key)"
      " FROM post WHERE id = ?1",
      post,
      now_,
      details);
}

Result<void> PastWriter::note_cluster(std::int64_t post) {
  return database_->run(
      "INSERT INTO cluster_before (post_id, until, cluster)"
      " SELECT ?1, ?2, (SELECT cluster FROM near_duplicate WHERE post_id = ?1)",
      post,
      now_);
}

Result<void> PastWriter::note_members(std::int64_t cluster, std::int64_t but) {
  return database_->run(
      "INSERT INTO cluster_before (post_id, until, cluster)"
      " SELECT post_id, ?2, cluster FROM near_duplicate WHERE cluster = ?1 AND post_id <> ?3",
      cluster,
      now_,
      but);
}

Result<void> PastWriter::begin_moves() {
  return database_->script(
      "CREATE TEMP TABLE earlier_cluster (post_id INTEGER PRIMARY KEY, cluster INTEGER);"
      "INSERT INTO earlier_cluster SELECT post_id, cluster FROM near_duplicate;");
}

Result<void> PastWriter::note_moves() {
  auto noted = database_->run(
      "INSERT INTO cluster_before (post_id, until, cluster)"
      " SELECT post.id, ?1, earlier_cluster.cluster FROM post"
      " LEFT JOIN earlier_cluster ON earlier_cluster.post_id = post.id"
      " LEFT JOIN near_duplicate ON near_duplicate.post_id = post.id"
      " WHERE earlier_cluster.cluster IS NOT near_duplicate.cluster",
      now_);
  if (!noted) return noted;
  return database_->script("DROP TABLE temp.earlier_cluster");
}

}  // namespace qanat::store
