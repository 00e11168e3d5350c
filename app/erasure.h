#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/error.h"
#include "base/instant.h"
#include "base/post.h"
#include "store/erasure.h"
#include "store/removal.h"
#include "store/snapshot_archive.h"

/// Posts and channels that are taken out for good, with the fetched bytes that show them.
namespace qanat::app {

/// Whether the bytes of a page, or of an export's messages, may show a post of their channel: they
/// name it, as its own markup does, links to it, and answers, which quote it. Says yes too often
/// rather than too seldom: another channel's post of the same number is one.
[[nodiscard]] bool may_show(std::string_view bytes, MessageId post);
/// The same of what was taken out of a channel.
[[nodiscard]] bool may_show(std::string_view bytes, const store::ChannelRemovals& removals);

/// How many archived pages hold bytes of the targets.
/// Errors: those of the archive.
Result<std::int64_t> count_pages(store::SnapshotArchive& archive,
                                 std::span<const store::RemovalTarget> targets);

/// Takes out what is stored of removed channels under names that are known to be theirs only since,
/// and the bytes of all unfinished removals out of the archive and out of the database's log: those
/// of a moment ago, and those of a process that died. Nobody may crawl or import meanwhile.
/// Errors: those of the archive and of store::Erasure.
Result<void> finish_removals(store::Erasure& erasure, store::SnapshotArchive& archive, Instant now);

}  // namespace qanat::app
