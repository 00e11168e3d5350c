#include "export/rows.h"

#include <optional>
#include <utility>

namespace qanat::exporting {
namespace {

/// The row as it is written; nothing when its length is not wanted. `room`: where a changed one is
/// kept.
const Record* row_of(const Selection& selection,
                     const Record& record,
                     std::optional<Record>& room) {
  const bool is_changed =
      selection.redactor != nullptr && (!selection.only_looked_at || has_length_bounds(selection));
  if (is_changed) room = selection.redactor->redacted(record);
  const Record& row = is_changed ? *room : record;
  const bool is_wanted = has_wanted_length(selection, row.post.text);
  if (is_changed && (selection.only_looked_at || !is_wanted)) selection.redactor->take_back();
  return is_wanted ? &row : nullptr;
}

}  // namespace

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
    std::optional<Record> room;
    const Record* const row = row_of(selection, record, room);
    if (row == nullptr) return true;
    if (selection.watch) selection.watch(++records);
    taken = take(*row);
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
