#pragma once

namespace qanat::crawler {

/// Names of hosts, headers and robots are compared without regard to the case of Latin letters.
[[nodiscard]] constexpr char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

}  // namespace qanat::crawler
