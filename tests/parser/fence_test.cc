#include "parser/fence.h"

#include <algorithm>
#include <array>
#include <random>
#include <string>

#include "parser/html_tree.h"
#include "parser/nesting.h"
#include "parser/tag_scanner.h"
#include "parser/text.h"
#include "support/catch.h"

using namespace qanat::parser;

namespace {

std::string kept(std::string_view html, const Limits& limits = {}) {
  std::string passed;
  REQUIRE(fence(html, limits, passed));
  return passed;
}

std::size_t depth_of_tree(std::string_view html) {
  struct Depth {
    std::size_t now = 0;
    std::size_t most = 0;
    bool enter(Node node) {
      if (node.is_element()) most = std::max(most, ++now);
      return true;
    }
    void leave(Node) { --now; }
  } depth;
  Arena arena;
  arena.start(std::size_t{1} << 30U);
  walk(parse_html(html, arena).value(), depth);
  return depth.most;
}

std::string text_of(std::string_view html) {
  Arena arena;
  arena.start(std::size_t{1} << 30U);
  return plain_text(parse_html(html, arena).value());
}

std::size_t depth_counted(std::string_view html) {
  Nesting nesting;
  TagScanner scanner{html};
  std::string before;
  std::size_t most = 0;
  for (Markup at = scanner.next(); at != Markup::end; at = scanner.next()) {
    if (at != Markup::tag) continue;
    const Tag& tag = scanner.tag();
    const TagName name{tag.name};
    tag.closes ? nesting.close(name, before) : nesting.open(name, before);
    most = std::max(most, nesting.depth());
  }
  return most;
}

/// A piece of tag soup, repeated: what leaks once a round grows.
std::string soup(std::mt19937& random) {
  constexpr std::array<const char*, 40> kNames = {
      "div",    "b",       "a",     "i",       "p",      "li",     "ul",    "table",
      "tr",     "td",      "tbody", "caption", "span",   "foo",    "h1",    "h2",
      "button", "section", "main",  "summary", "select", "option", "svg",   "template",
      "form",   "script",  "body",  "head",    "br",     "dd",     "dt",    "dl",
      "nobr",   "font",    "ruby",  "rt",      "col",    "object", "style", "dialog"};
  std::string once;
  std::string last = "div";
  for (int i = 0; i < 12; ++i) {
    const std::string name = random() % 3 == 0 ? last : kNames[random() % kNames.size()];
    once += random() % 5 < 2 ? "</" + name + ">" : "<" + name + " x=@>" + (i % 3 == 0 ? "x" : "");
    last = name;
  }
  std::string html;
  for (int round = 0; round < 40; ++round)
    for (const char c : once) html += c == '@' ? std::to_string(html.size()) : std::string{c};
  return html;
}

}  // namespace

TEST_CASE("well-formed markup passes the fence unchanged") {
  const std::string html =
      "<!DOCTYPE html><html><body><div class=\"a > b\"><p>x <b>y<i>z</i></b></p><ul><li>1</li></ul>"
      "<table><tbody><tr><td>c</td></tr></tbody></table><br/></div></body></html>";
  CHECK(kept(html) == html);
}

TEST_CASE("scripts, styles, pictures and comments do not reach the tree") {
  CHECK(kept("<p>a<script>if (a<b) '<div>'</script><style>p{}</style><!-- <div> --></p>") ==
        "<p>a</p>");
  CHECK(kept("<i><svg a='>'><g><path/></g><style>x</style></svg></i>") == "<i></i>");
  CHECK(kept("<p>a<!-->b<!--x--!>c<?php d ?>e</p>") == "<p>abce</p>");
}

TEST_CASE("only attributes that a field is read from reach the tree, each once") {
  CHECK(kept("<a DIR=auto HREF=/x target=_blank href=/y rel='next'>x</a>") ==
        "<a HREF=/x rel='next'>x</a>");
  CHECK(kept("<a onclick=\"return confirm('?')\" href=/x>x</a>") == "<a onclick href=/x>x</a>");
  CHECK(kept("<i class=\"emoji\" style=\"x\"><b>1</b></i>") == "<i class=\"emoji\"><b>1</b></i>");
  CHECK(kept("<br clear=all/>") == "<br>");
}

TEST_CASE("classes that nobody looks for do not reach the tree, unknown ones do") {
  CHECK(kept("<p class=\"js-x tgme_reaction user-color-7 tgme_new\">x</p>") ==
        "<p class=\"tgme_reaction tgme_new\">x</p>");
  CHECK(kept("<p class='compact'>x</p>") == "<p>x</p>");
  CHECK(kept("<p class='a\"b'>x</p>") == "<p class='a\"b'>x</p>");
}

TEST_CASE("an element of a message that no field is read from goes whole if it is plain") {
  const std::string_view user = R"(<div class="tgme_widget_message_user">)";
  const auto cut = [&](std::string_view rest) { return kept(std::string{user}.append(rest)); };
  CHECK(cut("<a href=/x><i><img src=/y></i></a></div>z") == "z");
  CHECK(cut("<i><svg><div></svg></i></div>z").ends_with("z"));
  CHECK(cut("<p>unclosed</div>z") == std::string{user}.append("<p>unclosed</div>z"));
  CHECK(cut("<b>never</b>") == std::string{user}.append("<b>never</b>"));
}

TEST_CASE("a class that nobody knows is seen though its element goes") {
  CHECK(kept("<svg class=\"tgme_new\"><g/></svg>x") == "<span class=\"tgme_new\"></span>x");
  CHECK(kept("<form class=\"tgme_new\">x</form>") == "<span class=\"tgme_new\"></span>x");
}

TEST_CASE("an element that goes is named in its place, but for pictures and scripts") {
  const std::string form = "<span class=\"&lt;form&gt;\"></span>";
  CHECK(kept("<div><form>x</form><svg></svg><script>y</script></div>") ==
        "<div>" + form + "x</div>");
  CHECK(kept("<head><noscript></noscript></head>") == "<head></head>");
  CHECK(kept("<div><td>x</td></div>") == "<div><span class=\"&lt;td&gt;\"></span>x</div>");
}

TEST_CASE("raw text that a page shows stays, as text") {
  CHECK(kept("<p>a<textarea>b <i>c</i> &amp;</textarea>d</p>") ==
        "<p>a<span class=\"&lt;textarea&gt;\"></span>b &lt;i>c&lt;/i> &amp;d</p>");
}

TEST_CASE("raw text without an end does not take the page along") {
  CHECK(kept("<p>a<textarea>b</p><p>c<textarea>d</p>") ==
        "<p>a<span class=\"&lt;textarea&gt;\"></span>b</p>"
        "<p>c<span class=\"&lt;textarea&gt;\"></span>d</p>");
}

TEST_CASE("an <svg> that nobody closed does not take the page along") {
  CHECK(kept("<p><svg><g><div>text</div></p>") == "<p></p><div>text</div>");
}

TEST_CASE("stray quotes and tags in attribute values do not deceive the scan") {
  CHECK(kept("<a data-x=\"1\"\" href='<div>'>x</a>") == "<a href='<div>'>x</a>");
  CHECK(kept("<a alt=\"1\"src=2/ href=\"<div>\"/>x</a>") ==
        "<a alt=\"1\" src=2/ href=\"<div>\">x</a>");
}

TEST_CASE("end tags that close nothing go, those that HTML implies are written") {
  CHECK(kept("<div>a</span></b></div></div>") == "<div>a</div>");
  CHECK(kept("<ul><li>a<li>b</ul>") == "<ul><li>a</li><li>b</ul>");
  CHECK(kept("<p>a<div>b</div>") == "<p>a</p><div>b</div>");
}

TEST_CASE("no tree is deeper than the fence counted") {
  std::mt19937 random{7};
  for (int round = 0; round < 3000; ++round) {
    const std::string html = soup(random);
    const std::string passed = kept(html, {.max_depth = 100'000});
    INFO(html.substr(0, 200));
    REQUIRE(depth_of_tree(passed) <= depth_counted(passed) + 6);
  }
}

TEST_CASE("what the fence leaves out changes no text") {
  std::mt19937 random{11};
  const std::array<std::string, 6> junk = {"<svg class=\"bubble_icon\"><g><path d='M1'/></g></svg>",
                                           "<script>a<b</script>",
                                           "<style>a>b{}</style>",
                                           "<!-- c -->",
                                           "<svg><title>t</title></svg>",
                                           ""};
  const std::array<std::string, 5> pieces = {
      "<b>x</b>", "text ", "<br/>", "<a href=\"/x\">y</a>", "<i class=\"emoji\"><b>🔥</b></i>"};
  for (int round = 0; round < 300; ++round) {
    std::string plain = "<div>";
    std::string littered = "<div>";
    for (int i = 0; i < 20; ++i) {
      const std::string& piece = pieces[random() % pieces.size()];
      plain += piece;
      littered += piece + junk[random() % junk.size()];
    }
    const std::string passed = kept(littered);
    CHECK(text_of(littered) == text_of(passed));
    CHECK(passed == plain);
  }
}
