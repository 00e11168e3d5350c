#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace qanat::classifier {

/// Of strings in a hash table that is asked with views.
struct TextHash {
  using is_transparent = void;  // NOLINT(readability-identifier-naming): the name std looks for
  std::size_t operator()(std::string_view text) const noexcept {
    return std::hash<std::string_view>{}(text);
  }
};

}  // namespace qanat::classifier
