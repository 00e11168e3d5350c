#pragma once

#include <cstdint>

#include "support/random.h"

namespace qanat::markup {

/// How the server wrote a page: as in which year, and what it does now this way, now that.
struct Manner {
  int year = 2026;
  test::Random* random = nullptr;  ///< outlives the call; null: always the usual way

  /// Whether the unusual way is taken, once in `times` times.
  [[nodiscard]] bool unusual(std::uint64_t times) const {
    return random != nullptr && random->one_in(times);
  }
};

}  // namespace qanat::markup
