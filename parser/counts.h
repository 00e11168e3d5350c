#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/post.h"

namespace qanat::parser {

/// "8.67M" → 8670000, "11 286 994" → 11286994, with the shown text (trimmed) beside it. Integer
/// arithmetic: 1.13M is 1130000. Text that is no count has no value.
[[nodiscard]] Count parse_count(std::string_view shown);

/// "2:02" → 122, "1:02:03" → 3723 seconds.
[[nodiscard]] std::optional<int> parse_duration(std::string_view shown);

/// A whole number without sign, and nothing after it.
[[nodiscard]] std::optional<std::int64_t> parse_number(std::string_view digits);

}  // namespace qanat::parser
