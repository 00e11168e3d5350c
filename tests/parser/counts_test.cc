#include "parser/counts.h"

#include "support/catch.h"

using namespace qanat;
using namespace qanat::parser;

TEST_CASE("abbreviated counts are exact integers") {
  CHECK(parse_count("999").value == 999);
  CHECK(parse_count("1.2K").value == 1'200);
  CHECK(parse_count("1.13M").value == 1'130'000);
  CHECK(parse_count("8.67M").value == 8'670'000);
  CHECK(parse_count("2B").value == 2'000'000'000);
  CHECK(parse_count("422.0K").value == 422'000);
}

TEST_CASE("grouped counts are read whatever blank or comma groups them") {
  CHECK(parse_count("11 286 994").value == 11'286'994);
  CHECK(parse_count("11\u00a0286\u202f994").value == 11'286'994);
  CHECK(parse_count("1,234,567").value == 1'234'567);
}

TEST_CASE("text that is no count keeps its text and has no value") {
  for (const char* text : {"many", "1.2", "K", "1.K", "1..2K", "-5", "99999999999999999999"}) {
    INFO(text);
    CHECK_FALSE(parse_count(text).value);
    CHECK(parse_count(text).text == text);
  }
  CHECK(parse_count("  ") == Count{});
}

TEST_CASE("durations are minutes and seconds, or hours too") {
  CHECK(parse_duration("0:09") == 9);
  CHECK(parse_duration("2:02") == 122);
  CHECK(parse_duration("1:02:03") == 3723);
  for (const char* text : {"", "5", "a:b", "1:2:3:4", ":", "99999999999:00"}) {
    INFO(text);
    CHECK_FALSE(parse_duration(text));
  }
}
