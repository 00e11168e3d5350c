#include "base/edit_distance.h"

#include "support/catch.h"

using namespace qanat;

TEST_CASE("a distance is the fewest letters to insert, delete or replace") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("qustion", "question") == 1);
  CHECK(edit_distance("kitten", "sitting") == 3);
  CHECK(edit_distance("sitting", "kitten") == 3);
}
