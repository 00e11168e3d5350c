#include "app/keeper.h"

#include "app/erasure.h"
#include "base/sha256.h"

namespace qanat::app {

Result<std::string> StoreKeeper::keep(const store::Snapshot& snapshot) {
  auto noted = store_.note_number(snapshot.channel, snapshot.shown);
  if (!noted) return fail(noted.error());
  const auto removals = store_.removals_of(snapshot.channel, snapshot.shown);
  if (!removals) return fail(removals.error());
  return may_show(snapshot.body, *removals) ? archive_.keep_erased(snapshot)
                                            : archive_.keep(snapshot);
}

Result<store::PageCounts> StoreKeeper::keep(const store::PageCommit& page, Instant now) {
  return store_.keep_page(page, now);
}

Result<void> StoreKeeper::keep(const store::Unread& unread, Instant now) {
  return store_.keep_unread(unread, now);
}

Result<void> StoreKeeper::keep(const std::string& url, const store::PageVersion& version) {
  return store_.keep_page_version(url, version);
}

Result<std::string> DryKeeper::keep(const store::Snapshot& snapshot) {
  return "sha256:" + sha256_hex(snapshot.body);
}

Result<store::PageCounts> DryKeeper::keep(const store::PageCommit& page, Instant) {
  const auto removals = store_.removals_of(page.channel, page.shown);
  if (!removals) return fail(removals.error());
  store::PageCounts counts;
  for (const store::JudgedPost& judged : page.posts) {
    if (removals->hold(judged.post.id.message)) continue;
    const auto stored = store_.find(judged.post.id);
    if (!stored) return fail(stored.error());
    if (!*stored) {
      ++counts.fresh;
    } else if (judged.post.kind == PostKind::withheld &&
               (*stored)->post.kind != PostKind::withheld) {
      ++counts.unchanged;
      ++counts.withheld;
    } else if ((*stored)->content_sha256 != judged.content_sha256) {
      ++counts.edited;
    } else {
      ++counts.unchanged;
    }
  }
  return counts;
}

Result<void> DryKeeper::keep(const store::Unread&, Instant) { return {}; }

Result<void> DryKeeper::keep(const std::string&, const store::PageVersion&) { return {}; }

}  // namespace qanat::app
