#pragma once

#include <cstdint>
#include <set>

#include "store/sqlite.h"
#include "store/store.h"

namespace qanat::store {

/// Writes one page inside the caller's transaction.
class PageWriter {
 public:
  PageWriter(Database& database, const PageCommit& commit, Instant now)
      : database_(database), commit_(commit), now_(now) {}

  Result<PageCounts> write();

 private:
  Result<void> write_numeric_id();
  Result<void> write_fetch();
  Result<void> write_posts(PageCounts& counts);
  Result<void> write_post(const JudgedPost& judged, PageCounts& counts);
  Result<void> write_channel();
  Result<void> write_facts(const ChannelFacts& facts);
  Result<void> write_gaps();
  Result<void> add_to_run(const PageCounts& counts);

  // The commit and the database outlive the call that makes a writer.
  Database& database_;
  const PageCommit& commit_;
  Instant now_;
  std::int64_t channel_ = 0;
  std::int64_t fetch_ = 0;
  std::set<MessageId> fresh_;  ///< of the page's posts those that were not stored
};

}  // namespace qanat::store
