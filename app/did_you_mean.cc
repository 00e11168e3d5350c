#include "app/did_you_mean.h"

#include <algorithm>
#include <cstddef>

#include "base/edit_distance.h"

namespace qanat::app {
namespace {

std::string_view last_part(std::string_view name) { return name.substr(name.rfind('.') + 1); }

}  // namespace

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates) {
  std::size_t best = std::max<std::size_t>(2, word.size() / 4) + 1;
  std::string_view nearest;
  for (const std::string_view candidate : candidates) {
    // "rate" alone, or in the wrong section, means "crawl.rate".
    const bool same_part = last_part(word) == last_part(candidate);
    const std::size_t far = same_part ? 1 : edit_distance(word, candidate);
    if (far < best) {
      best = far;
      nearest = candidate;
    }
  }
  return nearest.empty() ? std::string() : "; did you mean `" + std::string(nearest) + "`?";
}

}  // namespace qanat::app
