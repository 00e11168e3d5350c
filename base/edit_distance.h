#pragma once

#include <cstddef>
#include <string_view>

namespace qanat {

/// How many bytes must be inserted, deleted or replaced to make one of the other.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace qanat
