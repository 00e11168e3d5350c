#include <nlohmann/json.hpp>

#include "app/report/hits_in_context.h"
#include "app/report/html.h"
#include "app/report/reliability.h"
#include "base/utf8.h"
#include "sample_pack.h"
#include "support/catch.h"

using namespace qanat;
namespace html = qanat::app::html;

using qanat::app::hits_in_context;
using test::Answer;
using test::Program;
using test::write_pack;

namespace {

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++found;
  }
  return found;
}

bool has(const std::string& text, const std::string& part) { return count(text, part) > 0; }

std::string line(const std::string& id, const std::string& text, const std::string& label) {
  return nlohmann::json({{"id", id}, {"channel", "one"}, {"text", text}, {"label", label}}).dump() +
         "\n";
}

/// The page over a labelled file, judged by the sample pack.
std::string page_of(Program& program, const std::string& labelled) {
  write_pack(program);
  const std::string file = program.write("labelled.jsonl", labelled);
  const std::string html = program.path("audit.html");
  const Answer answer = program.configured({"audit", "report", file, "--html", html});
  INFO(answer.err);
  REQUIRE(answer.code == 0);
  return test::read_file(html);
}

}  // namespace

TEST_CASE("no text is markup in the report, whatever it holds") {
  CHECK(html::escaped("<b a=\"x\" c='y'>&amp;") == "&lt;b a=&quot;x&quot; c='y'&gt;&amp;amp;");
  CHECK(html::escaped(std::string("a\0b\x1b[2J", 7)) == "a\uFFFDb\uFFFD[2J");
  CHECK(html::escaped("\u202Eevil\u2066") == "\uFFFDevil\uFFFD");
  CHECK(html::escaped("\xff\n\tё 👍🏽") == "\uFFFD\n\tё 👍🏽");
}

TEST_CASE("a hostile post stays text in every part of the report") {
  Program program;
  const std::string hostile =
      "</blockquote><script>alert(1)</script><img src=x onerror='go()'>\" \u202E"
      "На правах рекламы" +
      std::string(1, '\0') + "</title>";

  const std::string page =
      page_of(program, line("<i>\"id'", hostile, "qa") + line("two", hostile, "ad"));

  CHECK(count(page, "<script") == 1);
  CHECK(count(page, "</script>") == 1);
  CHECK(count(page, "</title>") == count(page, "<title>"));
  CHECK_FALSE(has(page, "<img"));
  CHECK_FALSE(has(page, "<i>"));
  CHECK_FALSE(has(page, "\u202E"));
  CHECK(page.find('\0') == std::string::npos);
  CHECK(has(page, "&lt;script&gt;alert(1)"));
  CHECK(has(page, "&lt;i&gt;&quot;id'"));
}

TEST_CASE("the report is one file that asks for no other, and is whole without scripts") {
  Program program;

  const std::string page = page_of(program, line("a", "На правах рекламы", "ad"));

  for (const char* outside : {" src=", "href=\"http", "@import", "url(", "<link", "<iframe"}) {
    CAPTURE(outside);
    CHECK_FALSE(has(page, outside));
  }
  CHECK(has(page, "default-src 'none'"));
  CHECK(has(page, "<noscript") == false);
  CHECK(has(page, "<table class=\"sortable\">"));
}

TEST_CASE("the same labels and rules give the same bytes") {
  Program program;
  const std::string labelled = line("a", "На правах рекламы", "ad") + line("b", "Почему?", "qa");

  CHECK(page_of(program, labelled) == page_of(program, labelled));
}

TEST_CASE("a rule's hits stand among their words, with what people say of the post") {
  Program program;
  const std::string before(400, 'x');

  const std::string page = page_of(program,
                                   line("a", before + " На правах рекламы сегодня", "ad") +
                                       line("b", "На правах рекламы: что это значит?", "qa"));

  CHECK(has(page, "<details id=\"hits-disc.label\">"));
  CHECK(has(page, "<mark>На правах рекламы</mark> сегодня"));
  CHECK(has(page, "…xxx"));
  CHECK(has(page, "labelled qa</small> <span class=\"differs\">judged ad"));
  CHECK(has(page, "labelled ad</small> <span class=\"agrees\">judged ad"));
}

TEST_CASE("a rule's row counts what people agree with, and leads to its hits") {
  Program program;

  const std::string page = page_of(program,
                                   line("a", "На правах рекламы", "ad") +
                                       line("b", "На правах рекламы: что это значит?", "qa") +
                                       line("c", "Почему небо голубое?", "qa"));

  const std::size_t row = page.find("<a href=\"#hits-disc.label\">disc.label</a>");
  REQUIRE(row != std::string::npos);
  const std::string cells = page.substr(row, page.find("</tr>", row) - row);
  CHECK(has(cells, "data-sort=\"6000\">+6.000<"));
  CHECK(has(cells, "0.500 <small>0.09–0.91 · 1/2"));
}

TEST_CASE("the report tells the figures of audit evaluate") {
  Program program;
  const std::string labelled = line("a", "На правах рекламы", "ad") +
                               line("b", "На правах рекламы", "qa") + line("c", "Почему?", "ad");

  const std::string page = page_of(program, labelled);
  const Answer json =
      program.configured({"audit", "evaluate", program.path("labelled.jsonl"), "--json"});

  const auto figures = nlohmann::json::parse(json.out);
  CHECK(figures.at("all").at("labels").at(1).at("precision").at("value") == Approx(0.5));
  CHECK(has(page, "0.500 <small>0.09–0.91 · 1/2</small>"));
  CHECK(has(page, "lost as a whole: <code>b</code>"));
  CHECK(has(page, figures.at("ruleset").get<std::string>()));
}

TEST_CASE("each bin of the reliability diagram is a point with its interval") {
  std::vector<classifier::Forecast> forecasts;
  for (int i = 0; i < 100; ++i) {
    forecasts.push_back({.probability = i / 100.0, .happened = i >= 50});
  }

  const std::string drawing = html::reliability_diagram(classifier::calibration_of(forecasts));

  CHECK(count(drawing, "<circle") == 10);
  CHECK(count(drawing, "class=\"bar\"") == 10);
  CHECK(count(drawing, "<path class=\"line\"") == 1);
  CHECK_FALSE(has(html::reliability_diagram({}), "<circle"));
}

TEST_CASE("context is of what counts, cut between characters and kept short") {
  Post post = {.id = {.channel = ChannelName::parse("some_channel").value()}};
  std::string many;
  for (int i = 0; i < 300; ++i) many += "ё";
  post.text = many + "XX" + "a" + many;
  Verdict verdict;
  verdict.blocks.push_back({.span = {.begin = 0, .end = post.text.size()}, .flip = {}});
  verdict.blocks.front().because = {
      {.rule = "one", .where = "text", .span = Span{.begin = 600, .end = 602}, .text = "XX"},
      {.rule = "ctx.bias"},
      {.rule = "one", .where = "text", .span = Span{.begin = 600, .end = 602}, .text = "XX"}};
  verdict.post_hits = {{.rule = "watching", .effect = HitEffect::watches},
                       {.rule = "off", .effect = HitEffect::held_back}};
  const classifier::LabelledPost label{.id = "a"};

  const auto hits = hits_in_context(std::vector{post}, std::vector{label}, std::vector{verdict}, 3);

  REQUIRE(hits.size() == 1);
  REQUIRE(hits.at("one").size() == 1);
  const app::HitInContext& hit = hits.at("one").front();
  CHECK(hit.matched == "XX");
  CHECK(utf8::is_valid(hit.before));
  CHECK(utf8::is_valid(hit.after));
  CHECK(hit.before.size() < 200);
  CHECK(hit.after.ends_with("…"));
}
