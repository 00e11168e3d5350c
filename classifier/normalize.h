#pragma once

#include <string_view>

namespace qanat::classifier {

/// Raised when the same post and verdict would be normalized differently.
inline constexpr int kRecordNormalizerVersion = 1;

/// A line that asks: it ends with a question mark, or opens as questions do ("Почему …", "How …")
/// and is no statement. Ornaments at both ends do not matter.
[[nodiscard]] bool is_question_like(std::string_view line);

}  // namespace qanat::classifier
