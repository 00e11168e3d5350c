#include "store/past_records.h"

#include "store/past_pruning.h"
#include "store/record_scan.h"
#include "store/store_impl.h"

namespace qanat::store {

Result<PastRecords> PastRecords::open(const Store& store, Instant as_of) {
  auto database = connect_beside(store, Access::read_only, kPatience);
  if (!database) return fail(database.error());
  const auto since = past_known_since(*database);
  if (!since) return fail(since.error());
  if (*since && as_of < **since) {
    return fail(Errc::usage,
                store.path() + ": its state before " + format_instant(**since) +
                    " was pruned with the archive's months; ask for that moment or later, or"
                    " use an older backup");
  }
  return PastRecords(*std::move(database), as_of);
}

Result<std::vector<ChannelName>> PastRecords::channels_with_posts() {
  return list_channels_with_posts(database_, as_of_);
}

Result<void> PastRecords::for_each(const RecordFilter& filter,
                                   const std::function<bool(const Record&)>& row) {
  return scan_records(database_, filter, as_of_, row);
}

}  // namespace qanat::store
