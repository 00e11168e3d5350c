#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace qanat::exporting {

/// `text` without the characters that XML 1.0 forbids, which no reader shows anyway; invalid UTF-8
/// becomes U+FFFD.
[[nodiscard]] std::string without_controls(std::string_view text);

/// The first line of `text`, cut with "…" when it is longer than `longest` code points.
[[nodiscard]] std::string heading_of(std::string_view text, std::size_t longest);

}  // namespace qanat::exporting
