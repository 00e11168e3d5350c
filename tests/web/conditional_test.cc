#include "web/conditional.h"

#include "support/catch.h"

using qanat::parse_instant;
using qanat::web::accepts_gzip;
using qanat::web::entity_tag;
using qanat::web::is_known;
using qanat::web::Version;

namespace {

const Version kVersion{.tag = "abc", .modified = parse_instant("2026-07-24T09:00:05Z").value()};

}  // namespace

TEST_CASE("a version is known by its tag, in a list, weak, compressed or not") {
  for (const char* tags :
       {"\"abc\"", "W/\"abc\"", "\"abc-gzip\"", "\"x\", \"abc\"", "\"x\",\"abc-gzip\" ", "*"}) {
    CAPTURE(tags);
    CHECK(is_known({.if_none_match = tags}, kVersion));
  }
  for (const char* tags : {"\"x\"", "abc", "\"ab\"", "\"abc", "\"abc-br\"", ","}) {
    CAPTURE(tags);
    CHECK_FALSE(is_known({.if_none_match = tags}, kVersion));
  }
}

TEST_CASE("a version is known by its date, unless a tag says otherwise") {
  CHECK(is_known({.if_modified_since = "Fri, 24 Jul 2026 09:00:05 GMT"}, kVersion));
  CHECK(is_known({.if_modified_since = "Sat, 25 Jul 2026 09:00:05 GMT"}, kVersion));
  CHECK_FALSE(is_known({.if_modified_since = "Fri, 24 Jul 2026 09:00:04 GMT"}, kVersion));
  CHECK_FALSE(is_known({.if_modified_since = "some day"}, kVersion));
  CHECK_FALSE(is_known({}, kVersion));
  CHECK_FALSE(is_known(
      {.if_none_match = "\"x\"", .if_modified_since = "Sat, 25 Jul 2026 09:00:05 GMT"}, kVersion));
}

TEST_CASE("compressed bytes have a tag of their own") {
  CHECK(entity_tag(kVersion, false) == "\"abc\"");
  CHECK(entity_tag(kVersion, true) == "\"abc-gzip\"");
}

TEST_CASE("gzip is sent to those who take it") {
  for (const char* accepted :
       {"gzip", "deflate, gzip;q=0.5, br", "*", "GZIP ; q=1.0", "identity;q=0, *;q=0.1"}) {
    CAPTURE(accepted);
    CHECK(accepts_gzip(accepted));
  }
  for (const char* accepted :
       {"", "identity", "br, deflate", "gzip;q=0", "*, gzip; q=0.000", "gzipped", "*;q=0"}) {
    CAPTURE(accepted);
    CHECK_FALSE(accepts_gzip(accepted));
  }
}
