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

std::string kept(std::string_view html) { return fenced(html, Limits{}).value(); }

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
  const HtmlTree tree{html};
  walk(tree.root(), depth);
  return depth.most;
}

std::size_t depth_counted(std::string_view html) {
  Nesting nesting;
  TagScanner scanner{html};
  std::string before;
  std::size_t most = 0;
  for (Markup at = scanner.next(); at != Markup::end; at = scanner.next()) {
    if (at != Markup::tag) continue;
    const Tag& tag = scanner.tag();
    tag.closes ? nesting.close(tag.name, before) : nesting.open(tag.name, before);
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

TEST_CASE("an <svg> that nobody closed does not take the page along") {
  CHECK(kept("<p><svg><g><div>text</div></p>") == "<p></p><div>text</div>");
}

TEST_CASE("stray quotes and tags in attribute values do not deceive the scan") {
  const std::string html = "<a data-x=\"1\"\" href='<div>'>x</a>";
  CHECK(kept(html) == html);
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
    const auto passed = fenced(html, Limits{.max_depth = 100'000});
    if (!passed) continue;
    INFO(html.substr(0, 200));
    REQUIRE(depth_of_tree(*passed) <= depth_counted(*passed) + 6);
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
    const HtmlTree with{littered};
    const std::string passed = kept(littered);
    const HtmlTree without{passed};
    CHECK(plain_text(with.root()) == plain_text(without.root()));
    CHECK(passed == plain);
  }
}
