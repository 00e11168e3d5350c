#include "store/post_writer.h"

#include "base/names.h"
#include "record/json.h"
#include "store/clusters.h"
#include "store/content_sketch.h"
#include "store/search_text.h"
#include "store/verdict_writer.h"

namespace qanat::store {

Result<std::optional<PostWriter::Known>> PostWriter::find(const JudgedPost& judged) {
  auto rows = database_.query(
      "SELECT id, revision, content_sha256, deleted_at IS NOT NULL, kind = ?3 FROM post"
      " WHERE channel_id = ?1 AND message_id = ?2",
      source_.channel,
      judged.post.id.message,
      name_of(PostKind::withheld));
  if (!rows) return fail(rows.error());
  const auto found = rows->next();
  if (!found) return fail(found.error());
  if (!*found) return std::nullopt;
  return Known{.post = rows->get<std::int64_t>(0),
               .revision = rows->get<std::int64_t>(1),
               .same = rows->view(2) == judged.content_sha256,
               .withheld = rows->get<bool>(4),
               .deleted = rows->get<bool>(3)};
}

Result<void> PostWriter::add(const JudgedPost& judged) {
  const auto id = insert(judged);
  if (!id) return fail(id.error());
  if (auto placed = place(*id, judged); !placed) return placed;
  return put_in_force({.post = *id, .revision = 1}, judged);
}

Result<void> PostWriter::update(const Known& known, const JudgedPost& judged) {
  if (auto kept = keep_order(known.post); !kept) return kept;
  if (known.same) return refresh(known, judged);
  if (auto noted = past_.note_post(known.post, std::nullopt); !noted) return noted;
  if (auto noted = past_.note_cluster(known.post); !noted) return noted;
  if (auto placed = place(known.post, judged); !placed) return placed;
  return replace(known, judged);
}

Result<void> PostWriter::keep_sight(const Known& known) {
  if (auto kept = keep_order(known.post); !kept) return kept;
  if (auto noted = past_.note_post(known.post, std::nullopt); !noted) return noted;
  return database_.run(
      "UPDATE post SET last_seen_at = max(last_seen_at, ?2), absent_since = NULL, deleted_at = NULL"
      " WHERE id = ?1",
      known.post,
      source_.fetched_at);
}

Result<void> PostWriter::keep_order(std::int64_t post) {
  const auto moment = moment_of_change(database_, post, now_);
  if (!moment) return fail(moment.error());
  now_ = *moment;
  past_ = PastWriter(database_, now_);
  return {};
}

Result<std::int64_t> PostWriter::insert(const JudgedPost& judged) {
  const Post& post = judged.post;
  const auto id = database_.value<std::int64_t>(
      "INSERT INTO post (channel_id, message_id, revision, content_sha256, first_seen_at,"
      " last_seen_at, revision_fetch_id, last_fetch_id, published_at, edited, kind, views, url,"
      " text, search_text, details)"
      " VALUES (?1, ?2, 1, ?3, ?4, ?4, ?5, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) RETURNING id",
      source_.channel,
      post.id.message,
      judged.content_sha256,
      source_.fetched_at,
      source_.fetch,
      post.published_at,
      post.edited,
      name_of(post.kind),
      post.views.value,
      post.url,
      post.text,
      normalise_for_search(post.text),
      record::write_post_details(post));
  if (!id) return fail(id.error());
  return id->value();
}

Result<void> PostWriter::refresh(const Known& known, const JudgedPost& judged) {
  const std::string details = record::write_post_details(judged.post);
  if (auto noted = past_.note_post(known.post, details); !noted) return noted;
  if (auto forgotten = judge_again(known.post); !forgotten) return forgotten;
  return follow_page(known.post, judged.post, details);
}

/// What is no content but read by rules has changed: the note of it names the members that did.
Result<void> PostWriter::judge_again(std::int64_t post) {
  return database_.run(
      "DELETE FROM judged_under WHERE post_id = ?1 AND EXISTS (SELECT 1 FROM post_before"
      " WHERE id = last_insert_rowid() AND (details -> '$.link_preview' IS NOT NULL"
      " OR details -> '$.forwarded_from' IS NOT NULL OR details -> '$.reply_to' IS NOT NULL))",
      post);
}

/// All that is no content.
Result<void> PostWriter::follow_page(std::int64_t id,
                                     const Post& post,
                                     const std::string& details) {
  return database_.run(
      "UPDATE post SET last_seen_at = max(last_seen_at, ?2), last_fetch_id = ?3, published_at = ?4,"
      " edited = ?5, kind = ?6, views = ?7, url = ?8, details = ?9,"
      " absent_since = iif(?10, NULL, absent_since), deleted_at = iif(?10, NULL, deleted_at)"
      " WHERE id = ?1",
      id,
      source_.fetched_at,
      source_.fetch,
      post.published_at,
      post.edited,
      name_of(post.kind),
      post.views.value,
      post.url,
      details,
      source_.is_sight);
}

Result<void> PostWriter::replace(const Known& known, const JudgedPost& judged) {
  auto kept = database_.run(
      "INSERT INTO post_revision (post_id, revision, content_sha256, last_seen_at,"
      " revision_fetch_id, last_fetch_id, text, details)"
      " SELECT id, revision, content_sha256, last_seen_at, revision_fetch_id, last_fetch_id, text,"
      " details FROM post WHERE id = ?1",
      known.post);
  if (!kept) return kept;
  auto replaced = database_.run(
      "UPDATE post SET revision = revision + 1, content_sha256 = ?2, revision_fetch_id = ?3,"
      " text = ?4, search_text = ?5 WHERE id = ?1",
      known.post,
      judged.content_sha256,
      source_.fetch,
      judged.post.text,
      normalise_for_search(judged.post.text));
  if (!replaced) return replaced;
  auto followed = follow_page(known.post, judged.post, record::write_post_details(judged.post));
  if (!followed) return followed;
  return put_in_force({.post = known.post, .revision = known.revision + 1}, judged);
}

Result<void> PostWriter::put_in_force(const Known& known, const JudgedPost& judged) {
  VerdictWriter writer(database_, now_);
  auto put = writer.put_in_force(known.post, known.revision, judged.verdict, judged.normalized);
  return put ? writer.note_profile(known.post, judged.profile) : put;
}

/// Among the posts that say the same.
Result<void> PostWriter::place(std::int64_t post, const JudgedPost& judged) {
  return Clusters(database_, &past_).place(post, sketch_of(judged.post.text, judged.verdict));
}

}  // namespace qanat::store
