#include "base/verdict.h"

#include "support/catch.h"

using qanat::kept_text;

TEST_CASE("what is kept is the text without the removed parts", "[verdict]") {
  CHECK(kept_text("question ad answer", {}) == "question ad answer");
  CHECK(kept_text("question ad answer", {{.span = {9, 12}}}) == "question answer");
  CHECK(kept_text("ad answer footer", {{.span = {0, 3}}, {.span = {9, 16}}}) == "answer");
  CHECK(kept_text("all of it", {{.span = {0, 9}}}).empty());
}
