#include "export/dataset/leakage.h"

#include <cstddef>
#include <functional>
#include <string>
#include <unordered_map>

#include "export/rows.h"

namespace qanat::exporting {

Result<std::int64_t> count_leaked(store::Store& store,
                                  const Selection& selection,
                                  const Splitter& splitter) {
  // Of the smaller parts only, and names as numbers: a large store's clusters
  // would not fit.
  const std::hash<std::string> number_of;
  std::unordered_map<std::size_t, std::int64_t> outside;
  auto read = for_each_row(store, selection, [&](const Record& record) -> Result<void> {
    if (splitter.part_of(record).value_or(0) > 0) ++outside[number_of(record.cluster)];
    return {};
  });
  if (!read) return fail(read.error());
  std::int64_t leaked = 0;
  read = for_each_row(store, selection, [&](const Record& record) -> Result<void> {
    if (splitter.part_of(record) != std::size_t{0}) return {};
    const auto found = outside.find(number_of(record.cluster));
    if (found == outside.end()) return {};
    leaked += found->second;
    outside.erase(found);
    return {};
  });
  if (!read) return fail(read.error());
  return leaked;
}

}  // namespace qanat::exporting
