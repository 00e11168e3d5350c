#pragma once

#include <string_view>
#include <vector>

namespace qanat::app {

/// A file of rules/ inside the program; see cmake/embed.cmake.
struct EmbeddedFile {
  std::string_view path;  ///< below rules/: "ru/20-cta.toml"
  std::string_view text;
};

/// Lives as long as the program.
[[nodiscard]] const std::vector<EmbeddedFile>& embedded_rules();

}  // namespace qanat::app
