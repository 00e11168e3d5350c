#include "base/number.h"

#include <cstdint>

#include "support/catch.h"

using qanat::read_number;

TEST_CASE("a number is read from a text that is one, and from no other", "[number]") {
  CHECK(read_number<std::int64_t>("-12") == -12);
  CHECK(read_number<std::uint16_t>("65535") == 65535);
  CHECK(read_number<double>("0.25") == 0.25);
  for (const char* text : {"", " 1", "1 ", "+1", "1.5", "0x1", "one", "9223372036854775808"}) {
    INFO(text);
    CHECK_FALSE(read_number<std::int64_t>(text));
  }
  CHECK_FALSE(read_number<std::uint16_t>("65536"));
  CHECK_FALSE(read_number<std::uint16_t>("-1"));
}
