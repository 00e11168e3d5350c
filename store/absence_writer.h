#pragma once

#include <chrono>
#include <cstdint>
#include <set>
#include <vector>

#include "store/past_writer.h"
#include "store/sqlite.h"
#include "store/store.h"

namespace qanat::store {

/// Notes which stored posts a page lacks, inside the caller's transaction. A post is lacking when
/// the page shows a post on either side of it, both of which were stored before; a post that was
/// lacking and still is kConfirmedAfter later is deleted, since the moment it was first lacking.
/// So neither a hole in the numbers, nor an album's further numbers, nor what lies beyond the
/// page's ends, nor one odd page is a deletion.
class AbsenceWriter {
 public:
  /// A second look so soon after the first is the same look.
  static constexpr std::chrono::minutes kConfirmedAfter{30};

  /// `now` is the moment of the commit.
  AbsenceWriter(Database& database, const PageCommit& page, std::int64_t channel, Instant now)
      : database_(database), page_(page), channel_(channel), past_(database, now) {}

  /// `fresh`: the page's posts that were not stored before it. Adds to `counts.deleted`.
  Result<void> write(const std::set<MessageId>& fresh, PageCounts& counts);

 private:
  Result<std::vector<MessageId>> stored_between(MessageId low, MessageId high);
  Result<void> note(MessageId message, PageCounts& counts);
  Result<void> delete_if_confirmed(MessageId message, PageCounts& counts);

  Database& database_;
  const PageCommit& page_;
  std::int64_t channel_;
  PastWriter past_;
};

}  // namespace qanat::store
