#pragma once

#include <string_view>

namespace qanat {

/// What a reader of JSON from outside takes: deeper values would exhaust the stack of whoever
/// walks them.
inline constexpr int kMaxJsonDepth = 64;

/// Whether arrays and objects open more than kMaxJsonDepth at once, found before anything is built.
/// Quotes are followed, so that brackets in texts do not count.
[[nodiscard]] bool is_too_deep(std::string_view json);

}  // namespace qanat
