#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace qanat::test {

/// What `promtool check metrics` would say of a text, and what Prometheus' format 0.0.4 forbids:
/// one complaint a line. Strict about what this project writes; it knows no other dialect.
[[nodiscard]] std::vector<std::string> complaints_about(std::string_view text);

/// Lines that are samples.
[[nodiscard]] std::size_t series_in(std::string_view text);

}  // namespace qanat::test
