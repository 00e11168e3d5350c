#pragma once

namespace qanat::classifier {

/// Raised when the same post and verdict would be normalized differently.
inline constexpr int kRecordNormalizerVersion = 7;

}  // namespace qanat::classifier
