#include "app/post_input.h"

#include <sstream>

#include "record/json.h"
#include "support/catch.h"
#include "support/samples.h"

using namespace qanat;
using namespace qanat::app;

namespace {

std::string problem_of(const std::string& line) {
  const auto given = read_given_post(line);
  return given ? "" : given.error().message;
}

}  // namespace

TEST_CASE("a labelled file names each post, and once") {
  const auto problem = [](const std::string& text) {
    std::istringstream in(text);
    const auto read = app::for_each_labelled_post(
        in, "posts.jsonl", [](const app::GivenLabel&) -> Result<void> { return {}; });
    return read ? std::string() : read.error().message;
  };
  const auto line = [](const std::string& id, const std::string& channel) {
    return R"({"id":")" + id + R"(","channel":")" + channel +
           R"(","text":"x","label":"qa"})"
           "\n";
  };

  CHECK(problem(line("1", "room_a") + "\n" + line("1", "room_b") + line("2", "room_a")).empty());
  CHECK(problem(line("1", "room_a") + "\n" + line("1", "room_a")) ==
        "posts.jsonl:3: `id` 1 is already that of line 1; keep one of the two");
  CHECK(problem(line("1", "room_a") + line("", "room_a")) ==
        "posts.jsonl:2: `id` is empty; give each post its own id");
}

TEST_CASE("a line of id and text is a post") {
  const auto given = read_given_post(
      R"({"id":"corpus-7","channel":"@Some_Channel","text":"см. https://a.example/x","links":["https://a.example/x"]})");

  REQUIRE(given);
  CHECK(given->id == "corpus-7");
  CHECK(given->post.id.channel.str() == "some_channel");
  CHECK(given->post.text == "см. https://a.example/x");
  REQUIRE_FALSE(given->post.links.empty());
  CHECK(given->post.links.front().url == "https://a.example/x");
}

TEST_CASE("a record of ours comes back as the post it was made of") {
  const Post post = test::full_post();

  const auto given = read_given_post(record::dump_line(record::parsed_post_json(post)));

  REQUIRE(given);
  CHECK(given->id == post.id.str());
  CHECK(given->post.id == post.id);
  CHECK(given->post.text == post.text);
  CHECK(given->post.kind == post.kind);
  CHECK(given->post.entities == post.entities);
  CHECK(given->post.links == post.links);
  CHECK(given->post.hashtags == post.hashtags);
  CHECK(given->post.mentions == post.mentions);
  CHECK(given->post.buttons == post.buttons);
  CHECK(given->post.forwarded_from == post.forwarded_from);
  CHECK(given->post.reply_to == post.reply_to);
  CHECK(given->post.link_preview == post.link_preview);
  CHECK(given->post.media.size() == post.media.size());
  CHECK(given->post.poll->question == post.poll->question);
  CHECK(given->post.poll->type == post.poll->type);
}

TEST_CASE("a line that is no post says what is wrong with it") {
  CHECK(problem_of("{").find("not JSON") == 0);
  CHECK(problem_of("[1]").find("not a JSON object") == 0);
  CHECK(problem_of(R"({"text":"x"})") == "`id` is missing");
  CHECK(problem_of(R"({"id":"1"})") == "`text` is missing");
  CHECK(problem_of(R"({"id":1,"text":"x"})") == "`id` must be text");
  CHECK(problem_of(R"({"id":"1","text":"x","links":"y"})") == "`links` must be a list");
  CHECK(problem_of(R"({"id":"1","text":"x","links":[1]})") ==
        "`links` must be a list of addresses");
  CHECK(
      problem_of(
          R"({"schema":"qanat.post/1","id":"1","text":"x","entities":[{"type":"bold","start":0,"end":9}]})")
          .find("`entities[].end`") == 0);
  CHECK(
      problem_of(R"({"schema":"qanat.post/1","id":"1","text":"x","kind":"song"})").find("`kind`") ==
      0);
}

TEST_CASE("JSON nested without end is refused before a tree is built of it") {
  const auto nested = [](std::size_t levels) {
    return R"({"id":"1","text":"[[[","links":[],"more":)" + std::string(levels, '[') +
           std::string(levels, ']') + "}";
  };

  CHECK(problem_of(nested(63)).empty());
  CHECK(problem_of(nested(64)).find("JSON nested deeper than 64 levels") == 0);
  CHECK(problem_of(nested(200'000)).find("JSON nested deeper than 64 levels") == 0);
  CHECK(problem_of(R"({"id":"1","text":"x","links":)" + std::string(200'000, '['))
            .find("JSON nested deeper than 64 levels") == 0);
}

TEST_CASE("brackets in a text are no nesting") {
  CHECK(problem_of(R"({"id":"1","text":"\"\\)" + std::string(1000, '[') + "\"}").empty());
}

TEST_CASE("half a surrogate pair is read as U+FFFD, a whole one as its character") {
  const auto text_of = [](const std::string& text) {
    const auto given = read_given_post(R"({"id":"1","text":")" + text + "\"}");
    return given ? given->post.text : given.error().message;
  };

  CHECK(text_of(R"(a\ud800b)") == "a\uFFFDb");
  CHECK(text_of(R"(\ude00\ud83d)") == "\uFFFD\uFFFD");
  CHECK(text_of(R"(\ud83d\ud83d\ude00)") == "\uFFFD\U0001F600");
  CHECK(text_of(R"(\\ud800)") == R"(\ud800)");
}

TEST_CASE("a wrong label names those there are, a wrong span the text's length") {
  const auto problem = [](const std::string& more) {
    const auto given = read_labelled_post(R"({"id":"1","text":"Ответ",)" + more + "}");
    return given ? "" : given.error().message;
  };

  CHECK(problem(R"("label":"QA")") == "`label` is `QA`, which is not one of qa, ad, mixed, other");
  CHECK(problem(R"("label":"mixed","spans":[{"start":0,"end":7,"kind":"ad"}])") ==
        "`spans[].end` and `start` must be code points inside of `text`, which has 5, start first");
}

TEST_CASE("labelled spans are code points in the file and bytes inside") {
  const auto given = read_labelled_post(
      R"({"id":"1","text":"Ответ. Реклама","label":"mixed","lang":"ru","ambiguous":true,"channel":"Банкста",)"
      R"("spans":[{"start":7,"end":14,"kind":"ad"},{"start":0,"end":1,"kind":"joke"}],"links":null})");

  REQUIRE(given);
  const classifier::LabelledPost& labelled = given->labelled;
  CHECK(labelled.label == Label::mixed);
  CHECK(labelled.channel == "Банкста");
  CHECK(labelled.ambiguous);
  REQUIRE(labelled.spans.size() == 1);
  const Span span = labelled.spans.front().span;
  CHECK(labelled.text.substr(span.begin, span.size()) == "Реклама");
  CHECK(given->other_spans == std::vector<std::string>{"joke"});
}

TEST_CASE("a labelled line of reactions is boilerplate") {
  const auto given = read_labelled_post(
      R"({"id":"1","text":"Ответ\n👍74","label":"qa","spans":[{"start":6,"end":9,"kind":"reactions"}]})");

  REQUIRE(given);
  REQUIRE(given->labelled.spans.size() == 1);
  CHECK(given->labelled.spans.front().kind == RemovedKind::boilerplate);
  CHECK(given->other_spans.empty());
}

TEST_CASE("a span outside of its text is an error") {
  const auto given = read_labelled_post(
      R"({"id":"1","text":"абв","label":"qa","spans":[{"start":1,"end":4,"kind":"ad"}]})");

  REQUIRE_FALSE(given);
  CHECK(given.error().message.find("inside of `text`") != std::string::npos);
}

TEST_CASE("an error in a line names the file and the line, blank lines counted") {
  std::istringstream in("one\n\nthree\n");
  int seen = 0;

  const auto read = for_each_line(in, "posts.jsonl", [&](const std::string&) -> Result<void> {
    if (++seen == 2) return fail(Errc::usage, "bad");
    return {};
  });

  REQUIRE_FALSE(read);
  CHECK(read.error().message == "posts.jsonl:3: bad");
}
