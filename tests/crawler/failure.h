#pragma once

#include <string>

#include "crawler/transport.h"
#include "support/catch.h"

namespace qanat::test {

/// The words of a fetch that must have failed so.
inline std::string failure(const Result<crawler::Answer>& answer, Errc code = Errc::network) {
  REQUIRE_FALSE(answer.has_value());
  CHECK(answer.error().code == code);
  return answer.error().message;
}

}  // namespace qanat::test
