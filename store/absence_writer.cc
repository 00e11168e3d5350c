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
  if (page_.posts.empty()) return {};
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
  const Instant now = page_.provenance.fetched_at;
  auto deleted = database_.run(
      "UPDATE post SET deleted_at = absent_since"
      " WHERE channel_id = ?1 AND message_id = ?2 AND absent_since <= ?3",
      channel_,
      message,
      now - kConfirmedAfter);
  if (!deleted) return deleted;
  counts.deleted += static_cast<int>(database_.changes());
  return database_.run(
      "UPDATE post SET absent_since = ?3"
      " WHERE channel_id = ?1 AND message_id = ?2 AND absent_since IS NULL",
      channel_,
      message,
      now);
}

}  // namespace qanat::store
