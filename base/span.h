#pragma once

#include <cstddef>

namespace qanat {

/// A half-open range [begin, end) of bytes in a post's text.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;

  [[nodiscard]] std::size_t size() const { return end - begin; }
  [[nodiscard]] bool empty() const { return end <= begin; }
  [[nodiscard]] bool contains(Span other) const { return begin <= other.begin && other.end <= end; }
  [[nodiscard]] bool overlaps(Span other) const { return begin < other.end && other.begin < end; }

  auto operator<=>(const Span&) const = default;
};

}  // namespace qanat
