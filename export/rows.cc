#include "export/rows.h"

#include <utility>

namespace qanat::exporting {

Result<void> for_each_wanted(store::Store& store, const Selection& selection, const TakeRow& take) {
  store::RecordFilter filter = selection.stored;
  filter.without_evidence = true;  // no format has it
  // The limit counts what is wanted, not what the store finds.
  std::int64_t left = std::exchange(filter.limit, 0);
  const bool is_limited = left > 0;
  std::size_t records = 0;
  Result<void> taken;
  const auto take_wanted = [&](const Record& record) {
    if (!wants(selection, record)) return true;
    if (selection.watch) selection.watch(++records);
    taken = take(selection.redactor != nullptr ? selection.redactor->redacted(record) : record);
    return taken.has_value() && (!is_limited || --left > 0);
  };
  auto read = selection.past != nullptr ? selection.past->for_each(filter, take_wanted)
                                        : store.for_each(filter, take_wanted);
  return taken ? read : taken;
}

Result<void> for_each_row(store::Store& store, const Selection& selection, const TakeRow& take) {
  Selection ordered = selection;
  ordered.stored.newest_first = false;
  return for_each_wanted(store, ordered, take);
}

}  // namespace qanat::exporting
