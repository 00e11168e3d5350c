#include "export/dataset/leakage.h"

#include <cstddef>
#include <functional>
#include <string>
#include <unordered_map>

#include "export/rows.h"

namespace qanat::exporting {
namespace {

/// Calls `take` with each record that is in the set, and the place of its part in the plan.
template <class Take>
Result<void> for_each_placed(store::Store& store,
                             const Selection& selection,
                             const Placement& placement,
                             Take take) {
  auto pass = placement.begin();
  if (!pass) return fail(pass.error());
  return for_each_row(store, selection, [&](const Record& record) -> Result<void> {
    const auto place = pass->place(record);
    if (!place) return fail(place.error());
    if (place->part) take(record, *place->part);
    return {};
  });
}

}  // namespace

Result<std::int64_t> count_leaked(store::Store& store,
                                  const Selection& selection,
                                  const Placement& placement) {
  // Of the smaller parts only, and names as numbers: a large store's clusters would not fit.
  const std::hash<std::string> number_of;
  std::unordered_map<std::size_t, std::int64_t> outside;
  auto read = for_each_placed(store, selection, placement, [&](const Record& record, auto part) {
    if (part > 0) ++outside[number_of(record.cluster)];
  });
  if (!read) return fail(read.error());
  std::int64_t leaked = 0;
  read = for_each_placed(store, selection, placement, [&](const Record& record, auto part) {
    const auto found = part == 0 ? outside.find(number_of(record.cluster)) : outside.end();
    if (found == outside.end()) return;
    leaked += found->second;
    outside.erase(found);
  });
  if (!read) return fail(read.error());
  return leaked;
}

}  // namespace qanat::exporting
