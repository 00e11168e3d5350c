#include "store/page_writer.h"

#include <optional>
#include <string_view>
#include <utility>

#include "base/names.h"
#include "store/absence_writer.h"
#include "store/excerpts.h"
#include "store/page_owner.h"
#include "store/post_writer.h"
#include "store/removals.h"
#include "store/store_impl.h"

namespace qanat::store {
namespace {

Result<void> add_gap(
    Database& database, std::int64_t channel, const Gap& gap, std::int64_t run, Instant now) {
  return database.run(
      "INSERT INTO gap (channel_id, low, high, cause, run_id, found_at)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (channel_id, low, high) DO NOTHING",
      channel,
      gap.low,
      gap.high,
      gap.cause,
      run == 0 ? std::nullopt : std::optional(run),
      now);
}

Result<void> remove_gap(Database& database, std::int64_t channel, const Gap& gap) {
  return database.run("DELETE FROM gap WHERE channel_id = ?1 AND low = ?2 AND high = ?3",
                      channel,
                      gap.low,
                      gap.high);
}

}  // namespace

Result<PageCounts> PageWriter::write() {
  const auto channel = known_channel(database_, commit_.channel);
  if (!channel) return fail(channel.error());
  channel_ = *channel;
  if (auto owned = check_page_owner(database_, commit_.channel, commit_.shown); !owned) {
    return fail(owned.error());
  }
  if (auto written = write_numeric_id(); !written) return fail(written.error());
  if (auto written = write_fetch(); !written) return fail(written.error());
  PageCounts counts;
  if (auto written = write_posts(counts); !written) return fail(written.error());
  if (auto noted = AbsenceWriter(database_, commit_, channel_, now_).write(fresh_, counts);
      !noted) {
    return fail(noted.error());
  }
  if (auto written = write_channel(); !written) return fail(written.error());
  if (commit_.facts) {
    if (auto written = write_facts(*commit_.facts); !written) return fail(written.error());
  }
  if (auto written = write_gaps(); !written) return fail(written.error());
  if (auto added = add_to_run(counts); !added) return fail(added.error());
  return counts;
}

/// A channel has one for ever.
Result<void> PageWriter::write_numeric_id() {
  if (!commit_.shown.numeric_id) return {};
  auto noted = note_removed_number(database_, commit_.channel, commit_.shown);
  if (!noted) return noted;
  return database_.run("UPDATE channel SET numeric_id = ?2 WHERE id = ?1 AND numeric_id IS NULL",
                       channel_,
                       *commit_.shown.numeric_id);
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

/// All but those that were removed for good, and what tells of them.
Result<void> PageWriter::write_posts(PageCounts& counts) {
  const auto removals = read_removals(database_, commit_.channel, commit_.shown);
  if (!removals) return fail(removals.error());
  for (const JudgedPost& judged : commit_.posts) {
    if (removals->hold(judged.post.id.message)) continue;
    const auto notice = is_notice_of_removed(database_, judged.post);
    if (!notice) return fail(notice.error());
    if (*notice) continue;
    const auto cut = without_removed_excerpts(database_, judged, *removals);
    if (!cut) return fail(cut.error());
    if (auto written = write_post(*cut ? **cut : judged, counts); !written) return written;
  }
  return {};
}

Result<void> PageWriter::write_post(const JudgedPost& judged, PageCounts& counts) {
  if (judged.post.id.channel != commit_.channel) {
    return fail(Errc::usage,
                "post " + judged.post.id.str() + " is not of channel " + commit_.channel.str());
  }
  PostWriter writer(
      database_,
      {.channel = channel_, .fetch = fetch_, .fetched_at = commit_.provenance.fetched_at},
      now_);
  const auto known = writer.find(judged);
  if (!known) return fail(known.error());
  if (!*known) {
    ++counts.fresh;
    fresh_.insert(judged.post.id.message);
    return writer.add(judged);
  }
  counts.restored += (*known)->deleted ? 1 : 0;
  // What the preview stops showing was neither edited nor lost.
  const bool hidden = judged.post.kind == PostKind::withheld && !(*known)->withheld;
  if (hidden) {
    ++counts.unchanged;
    ++counts.withheld;
    return writer.keep_sight(**known);
  }
  ++((*known)->same ? counts.unchanged : counts.edited);
  return writer.update(**known, judged);
}

/// Only the page that ends a visit makes it a success: a page after this one may fail, and does so
/// again on the next visit.
Result<void> PageWriter::write_channel() {
  const bool ends_visit = commit_.settled || commit_.next_due_at;
  return database_.run(
      "UPDATE channel SET state = iif(?7 OR state <> 'blocked', ?2, state),"
      " state_since = iif(state = ?2 OR (state = 'blocked' AND NOT ?7), state_since, ?3),"
      " last_visit_at = ?3, last_success_at = iif(?7, ?3, last_success_at),"
      " last_error = iif(?7, '', last_error), failures = iif(?7, 0, failures),"
      " settled = ifnull(?4, settled), next_due_at = ifnull(?5, next_due_at),"
      " posts_per_day = ifnull(?6, posts_per_day) WHERE id = ?1",
      channel_,
      name_of(commit_.state),
      now_,
      commit_.settled,
      commit_.next_due_at,
      commit_.posts_per_day,
      ends_visit);
}

/// A page without its header says nothing of the channel: what is known stays.
Result<void> PageWriter::write_facts(const ChannelFacts& facts) {
  if (facts.title.empty()) return {};
  auto written = database_.run(
      "UPDATE channel SET title = ?2, username = ?3, description = ?4, photo_url = ?5,"
      " verified = ?6, has_preview = ?7 WHERE id = ?1",
      channel_,
      facts.title,
      facts.username,
      facts.description,
      facts.photo_url,
      facts.verified,
      facts.has_preview);
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
    auto removed = remove_gap(database_, channel_, *commit_.filled);
    if (!removed) return removed;
  }
  if (!commit_.gap) return {};
  return add_gap(database_, channel_, *commit_.gap, commit_.run, now_);
}

/// At once, and not when the visit ends: it may never end.
Result<void> PageWriter::add_to_run(const PageCounts& counts) {
  if (commit_.run == 0) return {};
  return database_.run(
      "UPDATE run SET pages = pages + 1, fresh = fresh + ?2, edited = edited + ?3,"
      " deleted = deleted + ?4, restored = restored + ?5 WHERE id = ?1",
      commit_.run,
      counts.fresh,
      counts.edited,
      counts.deleted,
      counts.restored);
}

Result<PageCounts> Store::keep_page(const PageCommit& commit, Instant now) {
  auto transaction = Transaction::begin(impl_->database);
  if (!transaction) return fail(transaction.error());
  const auto counts = PageWriter(impl_->database, commit, now).write();
  if (!counts) return counts;
  if (auto kept = transaction->commit(); !kept) return fail(kept.error());
  return counts;
}

Result<void> Store::keep_unread(const Unread& unread, Instant now) {
  auto transaction = Transaction::begin(impl_->database);
  if (!transaction) return fail(transaction.error());
  const auto channel = known_channel(impl_->database, unread.channel);
  if (!channel) return fail(channel.error());
  auto settled = impl_->database.run(
      "UPDATE channel SET settled = ifnull(?2, settled) WHERE id = ?1", *channel, unread.settled);
  if (!settled) return settled;
  if (unread.filled) {
    if (auto removed = remove_gap(impl_->database, *channel, *unread.filled); !removed) {
      return removed;
    }
  }
  for (const Gap& gap : unread.gaps) {
    auto added = add_gap(impl_->database, *channel, gap, unread.run, now);
    if (!added) return added;
  }
  return transaction->commit();
}

}  // namespace qanat::store
