#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/instant.h"
#include "export/row_counts.h"
#include "store/store.h"

namespace qanat::exporting {

/// Ids of a channel that nobody has read.
struct KnownGap {
  std::string channel;
  MessageId low = 0;
  MessageId high = 0;
  std::string cause;
};

/// How the store came by its posts.
struct Collection {
  std::int64_t runs = 0;
  std::int64_t runs_ignoring_robots = 0;
  std::optional<Instant> first_run;
  std::optional<Instant> last_run;
  std::vector<KnownGap> gaps;  ///< of the channels that are in the set
};

/// Errors: those of Store::runs and Store::gaps.
Result<Collection> collection_of(store::Store& store, const RowCounts& counts);

}  // namespace qanat::exporting
