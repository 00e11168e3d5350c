#pragma once

#include <string>

#include "crawler/transport.h"
#include "support/catch.h"

namespace qanat::test {

/// The words of a fetch that must have failed as network.
inline std::string failure(const Result<crawler::Answer>& answer) {
  REQUIRE_FALSE(answer.has_value());
  CHECK(answer.error().code == Errc::network);
  return answer.error().message;
}

}  // namespace qanat::test
