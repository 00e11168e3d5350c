#include "store/absence_writer.h"

#include <iterator>
#include <map>

namespace qanat::store {
namespace {

/// Every id that a page covers, an album's further ones included, and the post that covers it.
std::map<MessageId, MessageId> covered_by(const std::vector<JudgedPost>& posts) {
  std::map<MessageId, MessageId> ids;
  for (const JudgedPost& judged : posts) {
    const MessageId owner = judged.post.id.message;
    ids.emplace(owner, owner);
    for (const MessageId item : judged.post.album) ids.emplace(item, owner);
  }
  return ids;
}

}  // namespace

Result<void> AbsenceWriter::write(const std::set<MessageId>& fresh, PageCounts& counts) {
  if (!page_.tells_absence || page_.posts.empty()) return {};
  const auto covered = covered_by(page_.posts);
  const auto stored = stored_between(covered.begin()->first, covered.rbegin()->first);
  if (!stored) return fail(stored.error());
  for (const MessageId message : *stored) {
    const auto above = covered.lower_bound(message);
    if (above->first == message) continue;
    const auto below = std::prev(above);
    if (fresh.contains(above->second) || fresh.contains(below->second)) continue;
    if (auto noted = note(message, counts); !noted) return noted;
  }
  return {};
}

/// Those that are not yet known to be deleted. Both ends are on the page.
Result<std::vector<MessageId>> AbsenceWriter::stored_between(MessageId low, MessageId high) {
  return database_.list(
      "SELECT message_id FROM post WHERE channel_id = ?1 AND message_id > ?2 AND message_id < ?3"
      " AND deleted_at IS NULL",
      [](const Rows& rows) -> Result<MessageId> { return rows.get<MessageId>(0); },
      channel_,
      low,
      high);
}

Result<void> AbsenceWriter::note(MessageId message, PageCounts& counts) {
  if (auto deleted = delete_if_confirmed(message, counts); !deleted) return deleted;
  return database_.run(
      "UPDATE post SET absent_since = ?3"
      " WHERE channel_id = ?1 AND message_id = ?2 AND absent_since IS NULL",
      channel_,
      message,
      page_.provenance.fetched_at);
}

Result<void> AbsenceWriter::delete_if_confirmed(MessageId message, PageCounts& counts) {
  const auto post = database_.value<std::int64_t>(
      "SELECT id FROM post WHERE channel_id = ?1 AND message_id = ?2 AND absent_since <= ?3",
      channel_,
      message,
      page_.provenance.fetched_at - kConfirmedAfter);
  if (!post) return fail(post.error());
  if (!*post) return {};
  if (auto noted = past_.note_post(**post, std::nullopt); !noted) return noted;
  ++counts.deleted;
  return database_.run("UPDATE post SET deleted_at = absent_since WHERE id = ?1", **post);
}

}  // namespace qanat::store
