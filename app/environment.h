#pragma once

#include <map>
#include <optional>
#include <string>

namespace qanat::app {

/// The process's environment as a value, so that a test brings its own.
using Environment = std::map<std::string, std::string, std::less<>>;

/// The variable's text; nothing when it is not set or empty.
[[nodiscard]] inline std::optional<std::string> variable(const Environment& environment,
                                                         std::string_view name) {
  const auto found = environment.find(name);
  if (found == environment.end() || found->second.empty()) return std::nullopt;
  return found->second;
}

}  // namespace qanat::app
