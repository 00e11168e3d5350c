#include "export/rows.h"

namespace qanat::exporting {

Result<void> for_each_row(store::Store& store,
                          const store::RecordFilter& filter,
                          const TakeRow& take) {
  store::RecordFilter ordered = filter;
  ordered.newest_first = false;
  Result<void> taken;
  auto read = store.for_each(ordered, [&](const Record& record) {
    taken = take(record);
    return taken.has_value();
  });
  return taken ? read : taken;
}

}  // namespace qanat::exporting
