#include "base/http_date.h"

#include "support/catch.h"

using namespace qanat;

TEST_CASE("a moment is written as HTTP and RSS have it", "[http_date]") {
  const Instant moment = parse_instant("2026-07-24T09:00:05Z").value();

  CHECK(format_http_date(moment) == "Fri, 24 Jul 2026 09:00:05 GMT");
  CHECK(parse_http_date("Fri, 24 Jul 2026 09:00:05 GMT") == moment);
}

TEST_CASE("the older forms of HTTP's date are read", "[http_date]") {
  const Instant moment = parse_instant("1994-11-06T08:49:37Z").value();

  CHECK(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT") == moment);
  CHECK(parse_http_date("Sun Nov  6 08:49:37 1994") == moment);
}

TEST_CASE("what is no date of HTTP is none", "[http_date]") {
  for (const char* text : {"",
                           "yesterday",
                           "2026-07-24T09:00:05Z",
                           "Fri, 24 Jul 2026 09:00:05",
                           "Fri, 24 Jul 2026 09:00:05 GMT and more",
                           "Mon, 30 Feb 2026 09:00:05 GMT"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_http_date(text));
  }
}
