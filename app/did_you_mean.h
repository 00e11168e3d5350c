#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace qanat::app {

/// "; did you mean `crawl.hosts`?" for the candidate nearest to `word`, or "" when none is near.
[[nodiscard]] std::string did_you_mean(std::string_view word,
                                       const std::vector<std::string_view>& candidates);

}  // namespace qanat::app
