#pragma once

#include <string_view>
#include <vector>

namespace qanat::app {

/// A file inside the program; see cmake/embed.cmake.
struct EmbeddedFile {
  std::string_view path;  ///< below its folder: "ru/20-cta.toml"
  std::string_view text;
};

/// Lives as long as the program.
[[nodiscard]] const std::vector<EmbeddedFile>& embedded_rules();      ///< rules/
[[nodiscard]] const std::vector<EmbeddedFile>& embedded_report();     ///< app/report/*.css, *.js
[[nodiscard]] const std::vector<EmbeddedFile>& embedded_guideline();  ///< docs/labelling.md

}  // namespace qanat::app
