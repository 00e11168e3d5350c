#include "app/name_counts.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "app/terminal.h"
#include "app/units.h"

namespace qanat::app {

void add_counts(NameCounts& counts, const NameCounts& more) {
  constexpr std::size_t kMostNames = 100;
  for (const auto& [name, count] : more) {
    const bool full = counts.size() >= kMostNames && !counts.contains(name);
    counts[full ? "…" : name] += count;
  }
}

int total(const NameCounts& counts) {
  return std::accumulate(
      counts.begin(), counts.end(), 0, [](int sum, const auto& each) { return sum + each.second; });
}

std::string listed(const NameCounts& counts, std::size_t most) {
  std::vector<std::pair<std::string, int>> names(counts.begin(), counts.end());
  std::ranges::stable_sort(names, [](const auto& a, const auto& b) { return a.second > b.second; });
  const std::size_t shown = std::min(most, names.size());
  std::string out;
  for (std::size_t i = 0; i < shown; ++i) {
    out += (i == 0 ? "" : ", ") + one_line(printable(names[i].first)) + " (" +
           std::to_string(names[i].second) + ")";
  }
  if (shown < names.size()) out += " and " + counted(names.size() - shown, "more name");
  return out;
}

}  // namespace qanat::app
