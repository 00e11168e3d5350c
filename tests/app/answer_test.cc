#include "app/audit/answer.h"

#include "app/audit/marked_words.h"
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

TEST_CASE("mixed names the words of an ad that is less than a block") {
  CHECK(answer("m \"Join us\"").ad_words == std::vector<std::string>{"Join us"});
  CHECK(answer("m 2 \"Join … #chat\"4-5 \"by\" # glued \"on\"") ==
        app::Answer{.label = Label::mixed,
                    .ad_blocks = {2, 4, 5},
                    .ad_words = {"Join … #chat", "by"},
                    .note = "glued \"on\""});
  CHECK(refusal("m \"Join us").find("a quote is missing") != std::string::npos);
}

TEST_CASE("marked words are found by themselves, or from the first to the last") {
  constexpr std::string_view kText =
      "An answer. Join our\nchat: @chat\u00A0now! @chat is open... Bye";
  const auto found = [&](std::string_view words) {
    const auto span = app::find_marked_words(kText, words);
    return span ? std::string(kText.substr(span->begin, span->size())) : span.error().message;
  };

  CHECK(found("Join our chat:") == "Join our\nchat:");
  CHECK(found("Join … @chat") == "Join our\nchat: @chat");
  CHECK(found(" Join...open... ") == "Join our\nchat: @chat\u00A0now! @chat is open...");
  CHECK(found("open... Bye") == "open... Bye");
  CHECK(found("join") == "\"join\" is not in the post: copy the words from it");
  CHECK(found("@chat") == "\"@chat\" is in the post more than once: name more words");
  CHECK(found("Bye … Join") == "\"Join\" does not follow \"Bye\" in the post");
  CHECK(found("") == "\"\" is not in the post: copy the words from it");
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
