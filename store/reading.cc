#include "store/record_scan.h"
#include "store/store.h"
#include "store/store_impl.h"

namespace qanat::store {

Result<void> Store::for_each(const RecordFilter& filter,
                             const std::function<bool(const Record&)>& row) {
  return scan_records(impl_->database, filter, std::nullopt, row);
}

Result<std::optional<Record>> Store::find(const PostId& id) {
  return find_record(impl_->database, id);
}

Result<std::int64_t> Store::data_version() {
  const auto version = impl_->database.value<std::int64_t>("PRAGMA data_version");
  if (!version) return fail(version.error());
  return version->value_or(0);
}

}  // namespace qanat::store
