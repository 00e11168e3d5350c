#include "app/did_you_mean.h"

#include <algorithm>
#include <cstddef>

namespace qanat::app {
namespace {

/// Edits (insert, delete, replace) that make `a` into `b`.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row.back();
}

std::string_view last_part(std::string_view name) { return name.substr(name.rfind('.') + 1); }

}  // namespace

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates) {
  std::size_t best = std::max<std::size_t>(2, word.size() / 4) + 1;
  std::string_view nearest;
  for (const std::string_view candidate : candidates) {
    // "rate" alone, or in the wrong section, means "crawl.rate".
    const bool same_part = last_part(word) == last_part(candidate);
    const std::size_t far = same_part ? 1 : distance(word, candidate);
    if (far < best) {
      best = far;
      nearest = candidate;
    }
  }
  return nearest.empty() ? std::string() : "; did you mean `" + std::string(nearest) + "`?";
}

}  // namespace qanat::app
