#pragma once

#include <algorithm>
#include <string_view>

/// Names of hosts, headers and robots are compared without regard to the case of Latin letters.
namespace qanat {

[[nodiscard]] constexpr char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

[[nodiscard]] constexpr bool equal_without_case(std::string_view one, std::string_view other) {
  return std::ranges::equal(one, other, {}, lower, lower);
}

}  // namespace qanat
