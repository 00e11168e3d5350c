#include "app/terminal.h"

#include <sstream>

#include "app/crawl_report.h"
#include "app/record_text.h"
#include "app/text_table.h"
#include "support/catch.h"
#include "support/samples.h"

using namespace qanat::app;

TEST_CASE("columns are counted as a terminal shows them") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("Почему") == 6);
  CHECK(display_width("🔥") == 2);
  CHECK(display_width("日本") == 4);
  CHECK(display_width("и\u0306") == 1);
}

TEST_CASE("a cut text ends with an ellipsis and keeps its code points whole") {
  CHECK(clipped("Почему", 6) == "Почему");
  CHECK(clipped("Почему", 4) == "Поч…");
  CHECK(clipped("a🔥🔥", 4) == "a🔥…");
  CHECK(display_width(clipped("日本語", 4)) <= 4);
}

TEST_CASE("nothing that comes from outside can drive the terminal") {
  CHECK(printable("\x1b[31mred\x07") == "\\x1b[31mred\\x07");
  CHECK(printable("\xc2\x9b") == "\\x9b");
  CHECK(printable("a\u202Eb") == "ab");
  CHECK(printable("bad\xff") == "bad\uFFFD");
  CHECK(printable("a\n\tb") == "a\n\tb");
  CHECK(one_line("  a\n\n b\t") == "a b");
}

TEST_CASE("colours appear only where they were allowed") {
  CHECK(styled({.is_tty = true, .colour = true, .width = 80}, Style::red, "x") ==
        "\x1b[31mx\x1b[0m");
  CHECK(styled({.is_tty = true, .colour = false, .width = 80}, Style::red, "x") == "x");
}

TEST_CASE("a stream that is no terminal has no colours; COLUMNS sets the width") {
  const Terminal terminal = terminal_of(-1, {{"COLUMNS", "132"}, {"TERM", "xterm"}});

  CHECK_FALSE(terminal.is_tty);
  CHECK_FALSE(terminal.colour);
  CHECK(terminal.width == 132);
}

TEST_CASE("a table's columns stand under each other in Cyrillic and emoji too") {
  TextTable table({{.title = "канал"}, {.title = "n", .right = true}, {.title = "text"}});
  table.add({"🔥🔥", "7", "one\ntwo"});
  table.add({"abcdef", "120", ""});
  std::ostringstream out;

  table.print(out, {});

  CHECK(out.str() ==
        "канал     n  text\n"
        "🔥🔥      7  one two\n"
        "abcdef  120\n");
}

TEST_CASE("a terminal's table never wraps") {
  TextTable table({{.title = "id"}, {.title = "text"}});
  table.add({"1", std::string(200, 'x')});
  std::ostringstream out;

  table.print(out, {.is_tty = true, .colour = false, .width = 40});

  std::istringstream lines(out.str());
  for (std::string line; std::getline(lines, line);) CHECK(display_width(line) <= 40);
}

TEST_CASE("a crawl's progress is shown on a terminal and nowhere else") {
  const auto shown_on = [](const Terminal& terminal) {
    std::ostringstream out;
    const qanat::ChannelName channel = qanat::ChannelName::parse("some_channel").value();
    CrawlProgressLine line(out, terminal);
    line.update({.run = RunReport{}, .planned = 2, .channel = channel, .visit = VisitReport{}});
    line.pause(std::chrono::seconds{50}, "no answer");
    line.wait_for_database();
    line.finish();
    return out.str();
  };

  CHECK(shown_on({.is_tty = false, .width = 80}).empty());
  const std::string shown = shown_on({.is_tty = true, .width = 80});
  CHECK(shown.contains("crawling 1/2 some_channel"));
  CHECK(shown.contains("waiting 50 s: no answer"));
}

TEST_CASE("what is left of a post begins at its first line") {
  qanat::Record record = qanat::test::full_record();
  record.post.text = "Реклама\n\nОтвет\n\nИтог";
  const auto end = std::string_view("Реклама").size();
  record.verdict.removed = {{.span = {0, end}, .kind = qanat::RemovedKind::ad, .rules = {}}};
  std::ostringstream out;

  print_record(out, {.is_tty = false, .width = 80}, record);

  CHECK(out.str().ends_with("after\n  │ Ответ\n  │\n  │ Итог\n"));
}
