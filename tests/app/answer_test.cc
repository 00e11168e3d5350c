#include "app/audit/answer.h"

#include "support/catch.h"

using qanat::Label;
namespace app = qanat::app;
using qanat::app::parse_answer;

namespace {

app::Answer answer(std::string_view line) {
  const auto parsed = parse_answer(line, 6);
  if (!parsed) FAIL(parsed.error().message);
  return *parsed;
}

std::string refusal(std::string_view line) {
  const auto parsed = parse_answer(line, 6);
  if (parsed) FAIL("taken: " << line);
  return parsed.error().message;
}

}  // namespace

TEST_CASE("a key is an answer, with blanks around it, with a note behind it") {
  CHECK(answer("q") == app::Answer{.label = Label::qa});
  CHECK(answer("  a\r") == app::Answer{.label = Label::ad});
  CHECK(answer("o # news # really") == app::Answer{.label = Label::other, .note = "news # really"});
  CHECK(answer("?").kind == app::Answer::Kind::cannot_tell);
  CHECK(answer("s").kind == app::Answer::Kind::skip);
  CHECK(answer("u").kind == app::Answer::Kind::undo);
  CHECK(answer("h").kind == app::Answer::Kind::guideline);
  CHECK(answer("x").kind == app::Answer::Kind::stop);
}

TEST_CASE("mixed names its ad blocks, one by one or from to") {
  CHECK(answer("m 2").ad_blocks == std::vector<std::size_t>{2});
  CHECK(answer("m 6 2-4 3").ad_blocks == std::vector<std::size_t>{2, 3, 4, 6});
  CHECK(answer("m 5#tail") == app::Answer{.label = Label::mixed, .ad_blocks = {5}, .note = "tail"});
}

TEST_CASE("mixed without a block, with all, or with one that is not there is asked again") {
  CHECK(refusal("m").find("name the blocks") != std::string::npos);
  CHECK(refusal("m 1-6").find("is not mixed") != std::string::npos);
  for (const char* line :
       {"m 7", "m 0", "m 3-2", "m x", "m 1-", "m -1", "m 99999999999999999999"}) {
    CAPTURE(line);
    CHECK(refusal(line).find("numbered from 1 to 6") != std::string::npos);
  }
}

TEST_CASE("anything else is told which keys there are") {
  for (const char* line : {"", "  ", "#only a note", "qa", "z", "q 1", "mm", "да"}) {
    CAPTURE(line);
    CHECK(refusal(line).find("q a m o ? s u h x") != std::string::npos);
  }
}
