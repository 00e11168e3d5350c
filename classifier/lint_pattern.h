#pragma once

#include <string>
#include <vector>

#include "classifier/views.h"

namespace qanat::classifier {

/// A trap that a pattern walks into, and the way out.
struct PatternTrap {
  std::string problem;
  std::string remedy;
};

/// Everything that would make an RE2 pattern silently miss, hit too much or run slowly in its view.
[[nodiscard]] std::vector<PatternTrap> pattern_traps(const std::string& pattern, View view);

/// The same for a plain string.
[[nodiscard]] std::vector<PatternTrap> literal_traps(const std::string& literal, View view);

}  // namespace qanat::classifier
