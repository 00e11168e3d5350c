#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "base/channel_name.h"
#include "base/error.h"
#include "base/instant.h"
#include "base/record.h"
#include "store/sqlite.h"
#include "store/store.h"

namespace qanat::store {

/// The records of a database as it had them at a moment (docs/store.md, As of a moment), read
/// through a connection of its own. One thread at a time.
class PastRecords {
 public:
  /// Errors: those of reading; usage, when the past of `as_of` was pruned.
  static Result<PastRecords> open(const Store& store, Instant as_of);

  [[nodiscard]] Instant as_of() const { return as_of_; }

  /// The channels of which it had posts. Errors: those of Store::channels_with_posts.
  Result<std::vector<ChannelName>> channels_with_posts();

  /// As Store::for_each, of the records of then: the filter asks what they were.
  Result<void> for_each(const RecordFilter& filter, const std::function<bool(const Record&)>& row);

 private:
  PastRecords(Database database, Instant as_of) : database_(std::move(database)), as_of_(as_of) {}

  Database database_;
  Instant as_of_;
};

}  // namespace qanat::store
