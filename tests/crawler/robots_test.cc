#include "crawler/robots.h"

#include "support/catch.h"

using qanat::crawler::Robots;

namespace {

Robots robots(std::string_view text) { return Robots::parse(text, "qanat"); }

}  // namespace

TEST_CASE("without rules everything may be asked for", "[robots]") {
  CHECK(robots("").allows("/s/some_channel"));
  CHECK(robots("<!DOCTYPE html><p>not found: nothing</p>").allows("/s/some_channel"));
  CHECK(robots("User-agent: *\nDisallow:\n").allows("/s/some_channel"));
}

TEST_CASE("what is disallowed for everybody is disallowed for us", "[robots]") {
  const Robots rules = robots("User-agent: *\nDisallow: /s/\n");

  CHECK_FALSE(rules.allows("/s/some_channel"));
  CHECK_FALSE(rules.allows("/s/some_channel?before=7"));
  CHECK(rules.allows("/some_channel"));
  CHECK(rules.allows("/robots.txt"));
}

TEST_CASE("a group for us takes the place of the one for everybody, wherever it stands",
          "[robots]") {
  const Robots rules = robots(
      "User-agent: Qanat/1.0\nDisallow: /private\n\n"
      "User-agent: *\nDisallow: /\n\n"
      "User-agent: other\nUser-agent: QANAT\nDisallow: /s/secret\n");

  CHECK(rules.allows("/s/some_channel"));
  CHECK_FALSE(rules.allows("/private"));
  CHECK_FALSE(rules.allows("/s/secret"));
}

TEST_CASE("a group for another robot does not concern us", "[robots]") {
  CHECK(robots("User-agent: otherbot\nDisallow: /\n").allows("/s/x"));
  CHECK(robots("User-agent: qanatic\nDisallow: /\n").allows("/s/x"));
}

TEST_CASE("the longest pattern decides, and Allow where two are equally long", "[robots]") {
  const Robots rules = robots("User-agent: *\nDisallow: /s/\nAllow: /s/open\nDisallow: /s/open\n");

  CHECK(rules.allows("/s/open_room"));
  CHECK_FALSE(rules.allows("/s/closed_room"));
}

TEST_CASE("a pattern may have stars and an end", "[robots]") {
  const Robots rules =
      robots("User-agent: *\nDisallow: /*?before=\nDisallow: /s/*/last$\nDisallow: /exact$\n");

  CHECK_FALSE(rules.allows("/s/room?before=7"));
  CHECK(rules.allows("/s/room"));
  CHECK_FALSE(rules.allows("/s/room/last"));
  CHECK(rules.allows("/s/room/last/not"));
  CHECK_FALSE(rules.allows("/exact"));
  CHECK(rules.allows("/exactly"));
}

TEST_CASE("notes, blanks, marks and line ends of any system are read over", "[robots]") {
  const Robots rules = robots(
      "\xEF\xBB\xBF# for robots\r\nuser-AGENT :  *  # all\rDISALLOW:\t/s/ # no\nSitemap: /x\n");

  CHECK_FALSE(rules.allows("/s/room"));
}

TEST_CASE("rules before any name, or of keys that nobody knows, say nothing", "[robots]") {
  CHECK(robots("Disallow: /\nUser-agent: *\nCrawl-delay: 10\nNoindex: /\n").allows("/s/x"));
}

TEST_CASE("a pattern of stars is decided at once", "[robots]") {
  const std::string stars(500, '*');
  const Robots rules = robots("User-agent: *\nDisallow: /" + stars + "b$\n");

  CHECK(rules.allows("/" + std::string(5000, 'a')));
  CHECK_FALSE(rules.allows("/" + std::string(5000, 'a') + "b"));
}

TEST_CASE("of an endless file the beginning counts", "[robots]") {
  std::string text = "User-agent: *\nDisallow: /early\n";
  text += std::string(std::size_t{600} * 1024, '#') + "\nDisallow: /late\n";

  CHECK_FALSE(robots(text).allows("/early"));
  CHECK(robots(text).allows("/late"));
}
