#include <string>

#include "program.h"
#include "support/catch.h"

using namespace qanat::test;
using Catch::Matchers::Contains;

namespace {

std::string page_with(const std::string& text) {
  return R"(<html><body><section class="tgme_channel_history"><div class="tgme_widget_message" data-post="qa_notes/7"><div class="tgme_widget_message_text js-message_text">)" +
         text +
         R"(</div><a class="tgme_widget_message_date" href="https://t.me/qa_notes/7"><time datetime="2026-07-20T10:00:00+00:00"></time></a></div></section></body></html>)";
}

}  // namespace

TEST_CASE("a saved page can be read as Markdown") {
  Program program;

  const Answer answer =
      program.run({"parse", "--format", "markdown", "-"}, page_with("<b>Почему?</b><br/>Так."));

  CHECK(answer.code == 0);
  CHECK(answer.out ==
        "## [qa_notes/7](https://t.me/qa_notes/7)\n\n2026-07-20T10:00:00Z, text\n\n"
        "**Почему?**\\\nТак.\n");
  CHECK(answer.err.empty());
}

TEST_CASE("Markdown from a page cannot drive the terminal") {
  Program program;
  const Answer answer = program.run({"parse", "--format", "markdown", "-"}, page_with("a\x1b[2Jb"));
  CHECK_THAT(answer.out, !Contains("\x1b"));
}

TEST_CASE("a format that does not exist, or not for a whole page, is wrong usage") {
  Program program;
  CHECK(program.run({"parse", "--format", "xml", "-"}, page_with("a")).code == 2);
  const Answer answer =
      program.run({"parse", "--format", "markdown", "--page", "-"}, page_with("a"));
  CHECK(answer.code == 2);
  CHECK_THAT(answer.err, Contains("--page is JSON"));
}

TEST_CASE("what is unknown in a saved page's posts is told by name") {
  Program program;
  const Answer answer = program.run({"parse", "-"}, page_with("<tg-map>a</tg-map>"));
  CHECK(answer.code == 0);
  CHECK_THAT(answer.err, Contains("unknown in the posts: <tg-map> (1)"));
}
