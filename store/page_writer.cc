#include "store/page_writer.h"

#include <optional>
#include <string_view>
#include <utility>

#include "base/names.h"
#include "record/json.h"
#include "store/absence_writer.h"
#include "store/clusters.h"
#include "store/content_sketch.h"
#include "store/search_text.h"
#include "store/store_impl.h"
#include "store/verdict_writer.h"

namespace qanat::store {

Result<PageCounts> PageWriter::write() {
  const auto channel = known_channel(database_, commit_.channel);
  if (!channel) return fail(channel.error());
  channel_ = *channel;
  if (auto written = write_fetch(); !written) return fail(written.error());
  PageCounts counts;
  for (const JudgedPost& judged : commit_.posts) {
    if (auto written = write_post(judged, counts); !written) return fail(written.error());
  }
  if (auto noted = AbsenceWriter(database_, commit_, channel_).write(fresh_, counts); !noted) {
    return fail(noted.error());
  }
  if (auto written = write_channel(); !written) return fail(written.error());
  if (commit_.facts) {
    if (auto written = write_facts(*commit_.facts); !written) return fail(written.error());
  }
  if (auto written = write_gaps(); !written) return fail(written.error());
  return counts;
}

Result<void> PageWriter::write_fetch() {
  const Provenance& from = commit_.provenance;
  const auto run = commit_.run == 0 ? std::nullopt : std::optional(commit_.run);
  const auto id = database_.value<std::int64_t>(
      "INSERT INTO fetch (run_id, channel_id, fetched_at, host, snapshot, parser, posts)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id",
      run,
      channel_,
      from.fetched_at,
      from.host,
      from.snapshot,
      from.parser,
      commit_.posts.size());
  if (!id) return fail(id.error());
  fetch_ = id->value();
  return {};
}

Result<void> PageWriter::write_post(const JudgedPost& judged, PageCounts& counts) {
  if (judged.post.id.channel != commit_.channel) {
    return fail(Errc::usage,
                "post " + judged.post.id.str() + " is not of channel " + commit_.channel.str());
  }
  const auto known = find(judged);
  if (!known) return fail(known.error());
  if (!*known) {
    const auto id = insert(judged);
    if (!id) return fail(id.error());
    ++counts.fresh;
    fresh_.insert(judged.post.id.message);
    if (auto placed = place(*id, judged); !placed) return placed;
    return put_in_force({.post = *id, .revision = 1}, judged);
  }
  counts.restored += (*known)->deleted ? 1 : 0;
  if ((*known)->same) {
    ++counts.unchanged;
    return refresh(**known, judged);
  }
  ++counts.edited;
  if (auto placed = place((*known)->post, judged); !placed) return placed;
  return replace(**known, judged);
}

Result<std::optional<PageWriter::Known>> PageWriter::find(const JudgedPost& judged) {
  auto rows = database_.query(
      "SELECT id, revision, content_sha256, deleted_at IS NOT NULL FROM post"
      " WHERE channel_id = ?1 AND message_id = ?2",
      channel_,
      judged.post.id.message);
  if (!rows) return fail(rows.error());
  const auto found = rows->next();
  if (!found) return fail(found.error());
  if (!*found) return std::nullopt;
  return Known{.post = rows->get<std::int64_t>(0),
               .revision = rows->get<std::int64_t>(1),
               .same = rows->view(2) == judged.content_sha256,
               .deleted = rows->get<bool>(3)};
}

Result<std::int64_t> PageWriter::insert(const JudgedPost& judged) {
  const Post& post = judged.post;
  const auto id = database_.value<std::int64_t>(
      "INSERT INTO post (channel_id, message_id, revision, content_sha256, first_seen_at,"
      " last_seen_at, revision_fetch_id, last_fetch_id, published_at, edited, kind, views, url,"
      " text, search_text, details)"
      " VALUES (?1, ?2, 1, ?3, ?4, ?4, ?5, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) RETURNING id",
      channel_,
      post.id.message,
      judged.content_sha256,
      commit_.provenance.fetched_at,
      fetch_,
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

Result<void> PageWriter::refresh(const Known& known, const JudgedPost& judged) {
  const Post& post = judged.post;
  return database_.run(
      "UPDATE post SET last_seen_at = max(last_seen_at, ?2), last_fetch_id = ?3, published_at = ?4,"
      " edited = ?5, kind = ?6, views = ?7, url = ?8, details = ?9, absent_since = NULL,"
      " deleted_at = NULL WHERE id = ?1",
      known.post,
      commit_.provenance.fetched_at,
      fetch_,
      post.published_at,
      post.edited,
      name_of(post.kind),
      post.views.value,
      post.url,
      record::write_post_details(post));
}

Result<void> PageWriter::replace(const Known& known, const JudgedPost& judged) {
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
      fetch_,
      judged.post.text,
      normalise_for_search(judged.post.text));
  if (!replaced) return replaced;
  if (auto refreshed = refresh(known, judged); !refreshed) return refreshed;
  return put_in_force({.post = known.post, .revision = known.revision + 1}, judged);
}

Result<void> PageWriter::put_in_force(const Known& known, const JudgedPost& judged) {
  return VerdictWriter(database_, now_)
      .put_in_force(known.post, known.revision, judged.verdict, judged.normalized);
}

/// Among the posts that say the same.
Result<void> PageWriter::place(std::int64_t post, const JudgedPost& judged) {
  return Clusters(database_).place(post, sketch_of(judged.post.text, judged.verdict));
}

Result<void> PageWriter::write_channel() {
  return database_.run(
      "UPDATE channel SET state = ?2, state_since = iif(state = ?2, state_since, ?3),"
      " last_visit_at = ?3, last_success_at = ?3, last_error = '', failures = 0,"
      " settled = ifnull(?4, settled), next_due_at = ifnull(?5, next_due_at),"
      " posts_per_day = ifnull(?6, posts_per_day) WHERE id = ?1",
      channel_,
      name_of(commit_.state),
      now_,
      commit_.settled,
      commit_.next_due_at,
      commit_.posts_per_day);
}

Result<void> PageWriter::write_facts(const ChannelFacts& facts) {
  auto written = database_.run(
      "UPDATE channel SET title = ?2, username = ?3, description = ?4, photo_url = ?5,"
      " verified = ?6, has_preview = ?7, numeric_id = ifnull(?8, numeric_id) WHERE id = ?1",
      channel_,
      facts.title,
      facts.username,
      facts.description,
      facts.photo_url,
      facts.verified,
      facts.has_preview,
      facts.numeric_id);
  if (!written) return written;
  auto cleared = database_.run("DELETE FROM channel_counter WHERE channel_id = ?1", channel_);
  if (!cleared) return cleared;
  for (std::size_t i = 0; i < facts.counters.size(); ++i) {
    const Counter& counter = facts.counters[i];
    auto counted = database_.run(
        "INSERT INTO channel_counter (channel_id, position, type, value, value_text)"
        " VALUES (?1, ?2, ?3, ?4, ?5)",
        channel_,
        i,
        counter.type,
        counter.count.value,
        counter.count.text);
    if (!counted) return counted;
  }
  return {};
}

Result<void> PageWriter::write_gaps() {
  if (commit_.filled) {
    auto removed = database_.run("DELETE FROM gap WHERE channel_id = ?1 AND low = ?2 AND high = ?3",
                                 channel_,
                                 commit_.filled->low,
                                 commit_.filled->high);
    if (!removed) return removed;
  }
  if (!commit_.gap) return {};
  return database_.run(
      "INSERT INTO gap (channel_id, low, high, cause, run_id, found_at)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (channel_id, low, high) DO NOTHING",
      channel_,
      commit_.gap->low,
      commit_.gap->high,
      commit_.gap->cause,
      commit_.run == 0 ? std::nullopt : std::optional(commit_.run),
      now_);
}

Result<PageCounts> Store::keep_page(const PageCommit& commit, Instant now) {
  auto transaction = Transaction::begin(impl_->database);
  if (!transaction) return fail(transaction.error());
  const auto counts = PageWriter(impl_->database, commit, now).write();
  if (!counts) return counts;
  if (auto kept = transaction->commit(); !kept) return fail(kept.error());
  return counts;
}

}  // namespace qanat::store
