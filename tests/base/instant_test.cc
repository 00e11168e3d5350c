#include "base/instant.h"

#include "support/catch.h"

using qanat::format_instant;
using qanat::instant_at;
using qanat::parse_instant;

TEST_CASE("a date of the page is read as UTC, whatever its offset", "[instant]") {
  for (const char* text : {"2025-07-24T09:00:05+00:00",
                           "2025-07-24T09:00:05Z",
                           "2025-07-24T12:00:05+03:00",
                           "2025-07-24T03:30:05-05:30"}) {
    INFO(text);
    const auto instant = parse_instant(text);

    REQUIRE(instant);
    CHECK(format_instant(*instant) == "2025-07-24T09:00:05Z");
  }
}

TEST_CASE("a date that does not exist is no date", "[instant]") {
  for (const char* text : {"",
                           "2025-07-24",
                           "2025-02-30T09:00:05Z",
                           "2025-13-01T09:00:05Z",
                           "2025-07-24T24:00:00Z",
                           "2025-07-24T09:60:05Z",
                           "2025-07-24 09:00:05Z",
                           "2025-07-24T09:00:05",
                           "2025-07-24T09:00:05+3",
                           "+025-07-24T09:00:05Z",
                           "2025-07-24T09:00:05+00:00x"}) {
    INFO(text);
    CHECK_FALSE(parse_instant(text));
  }
}

TEST_CASE("a moment whose year in UTC has no four digits is no date", "[instant]") {
  CHECK_FALSE(parse_instant("0000-01-01T00:00:00+00:01"));
  CHECK_FALSE(parse_instant("9999-12-31T23:59:59-00:01"));
  CHECK(parse_instant("0000-01-01T00:00:00Z"));
  CHECK(parse_instant("9999-12-31T23:59:59Z"));
  CHECK(instant_at(253'402'300'799) == parse_instant("9999-12-31T23:59:59Z"));
  CHECK_FALSE(instant_at(253'402'300'800));
}

TEST_CASE("every instant survives being written and read", "[instant]") {
  for (const std::int64_t seconds : {0LL, 951782400LL, 1753347605LL, 4102444799LL}) {
    const qanat::Instant instant{std::chrono::seconds{seconds}};

    CHECK(parse_instant(format_instant(instant)) == instant);
  }
}
