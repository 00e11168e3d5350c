#include "base/json_depth.h"

#include <string>

#include "support/catch.h"

using qanat::is_too_deep;
using qanat::kMaxJsonDepth;

TEST_CASE("JSON is too deep from one level more than is taken", "[json_depth]") {
  CHECK_FALSE(is_too_deep(std::string(kMaxJsonDepth, '[')));
  CHECK(is_too_deep(std::string(kMaxJsonDepth + 1, '[')));
  CHECK(is_too_deep(R"({"a":)" + std::string(kMaxJsonDepth, '[')));
}

TEST_CASE("what was closed and what is quoted does not count as depth", "[json_depth]") {
  std::string beside = "[";
  for (int i = 0; i < kMaxJsonDepth; ++i) beside += "[{}],";

  CHECK_FALSE(is_too_deep(beside));
  CHECK_FALSE(is_too_deep(R"(["\")" + std::string(kMaxJsonDepth + 1, '{') + R"("])"));
}
