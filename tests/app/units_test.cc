#include "app/units.h"

#include "app/did_you_mean.h"
#include "support/catch.h"

using namespace qanat::app;
using namespace std::chrono_literals;

TEST_CASE("a duration is a number and a unit, or seconds alone") {
  CHECK(parse_duration("90s") == 90s);
  CHECK(parse_duration("15m") == 15min);
  CHECK(parse_duration("6h") == 6h);
  CHECK(parse_duration("2d") == 48h);
  CHECK(parse_duration("0") == 0s);
  for (const char* wrong : {"", "h", "-1h", "1w", "1.5h", "6 h", "99999999999999999999d"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_duration(wrong));
  }
}

TEST_CASE("a duration is written in the largest unit that it fills") {
  CHECK(format_duration(0s) == "0s");
  CHECK(format_duration(90s) == "90s");
  CHECK(format_duration(3600s) == "1h");
  CHECK(format_duration(48h) == "2d");
}

TEST_CASE("a size is bytes, KiB, MiB or GiB") {
  CHECK(parse_byte_count("512KiB") == ByteCount{512 * 1024});
  CHECK(parse_byte_count("8MiB") == ByteCount{8 << 20});
  CHECK(parse_byte_count("17") == ByteCount{17});
  CHECK_FALSE(parse_byte_count("8 MB"));
  CHECK_FALSE(parse_byte_count("99999999999GiB"));
  CHECK(format_byte_count({8 << 20}) == "8MiB");
  CHECK(format_byte_count({1000}) == "1000");
}

TEST_CASE("a moment is a date, its first second, or a full time") {
  CHECK(parse_moment("2026-07-24") == qanat::parse_instant("2026-07-24T00:00:00Z"));
  CHECK(parse_moment("2026-07-24T09:00:05+03:00") == qanat::parse_instant("2026-07-24T06:00:05Z"));
  CHECK_FALSE(parse_moment("24.07.2026"));
  CHECK_FALSE(parse_moment("2026-02-30"));
}

TEST_CASE("a near word is suggested, a far one is not") {
  const std::vector<std::string_view> keys = {"crawl.hosts", "crawl.rate", "log.level"};

  CHECK(did_you_mean("crawl.hots", keys) == "; did you mean `crawl.hosts`?");
  CHECK(did_you_mean("rate", keys) == "; did you mean `crawl.rate`?");
  CHECK(did_you_mean("store.level", keys) == "; did you mean `log.level`?");
  CHECK(did_you_mean("something.else", keys).empty());
}
