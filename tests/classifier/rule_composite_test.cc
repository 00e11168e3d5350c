#include <set>

#include "classifier/composite.h"
#include "rule_pack_sample.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::classifier;
using namespace qanat::test;

namespace {

using Ids = std::vector<std::string>;

std::string composite(const std::string& id, const std::string& lines) {
  return "[[composite]]\nid = '" + id +
         "'\nlabel = 'ad'\nstatus = 'shadow'\nweight = { init = 700 }\n" + lines + "\n";
}

/// Rules that fire on one word each.
std::string words() {
  return rule("cta.go", "any = ['иди']") + rule("cta.buy", "any = ['купи']") +
         rule("qa.ask", "any = ['почему']\nlabel = 'qa'\nweight = { init = -500 }");
}

std::vector<Ids> fired_in_blocks(const std::string& composites,
                                 const std::vector<std::string>& blocks) {
  const RuleSet rules = compiled(pack_of(words() + composites));
  std::vector<Ids> out;
  for (const auto& block : rules.match(post_of(blocks)).blocks) {
    Ids ids;
    for (const std::string& id : fired(rules, block)) {
      if (id.starts_with("combo")) ids.push_back(id);
    }
    out.push_back(ids);
  }
  return out;
}

bool holds_with(std::string_view text, double links) {
  FeatureValues features{};
  features.at(static_cast<std::size_t>(Feature::block_links)) = links;
  const auto parsed = parse_expression(text, ExpressionUse::when);
  REQUIRE(parsed);
  return holds(*parsed, features);
}

std::string complaint(std::string_view text, ExpressionUse use = ExpressionUse::composite) {
  const auto parsed = parse_expression(text, use);
  return parsed ? "" : parsed.error().message;
}

}  // namespace

TEST_CASE("`and` binds closer than `or`, `not` closer than both", "[composite]") {
  CHECK(holds_with("block.links or block.chars and block.lines", 1));
  CHECK_FALSE(holds_with("(block.links or block.chars) and block.lines", 1));
  CHECK_FALSE(holds_with("not block.links and block.chars", 0));
  CHECK(holds_with("not block.links == 1", 2));
}

TEST_CASE("features compare with numbers and with each other", "[composite]") {
  CHECK(holds_with("block.links >= 2", 2));
  CHECK_FALSE(holds_with("block.links > 2", 2));
  CHECK(holds_with("block.links != 0.5", 2));
  CHECK(holds_with("block.links == block.mentions", 0));
  CHECK(holds_with("block.links<3 and block.links>=3 or block.links=2", 2));
}

TEST_CASE("a malformed expression says what was expected", "[composite]") {
  CHECK(complaint("") == "expected a condition but met the end");
  CHECK(complaint("any(cta.*") == "expected \",\" or \")\" but met the end");
  CHECK(complaint("block.links block.chars").starts_with("expected the end, \"and\" or \"or\""));
  CHECK(complaint("block.link > 1") ==
        "unknown feature or function \"block.link\" (did you mean \"block.links\"?)");
  CHECK(complaint("any(a.*)", ExpressionUse::when).find("[[composite]]") != std::string::npos);
  CHECK(complaint("block.links & 1").find("cannot be part of an expression") != std::string::npos);
  CHECK(complaint("near(a.b, c.d)").find("number of characters") != std::string::npos);
  CHECK(complaint(std::string(10'000, '(')).find("nested too deeply") != std::string::npos);
}

TEST_CASE("an expression requires what no alternative and no negation can do without",
          "[composite]") {
  const auto expression = parse_expression(
      "any(a.a, a.b) and (post(c.c) or any(d.d)) and not any(e.e) and count(f.*) >= 1 and "
      "near(g.g, h.h, 5) and (first(i.i) and last(j.j)) and all(k.*)",
      ExpressionUse::composite);
  REQUIRE(expression);
  std::set<std::string> required;
  for (const std::size_t names : required_names(*expression)) {
    required.insert(expression->names[names].front());
  }
  CHECK(required == std::set<std::string>{"a.a", "g.g", "h.h", "i.i", "j.j"});
}

TEST_CASE("a composite reads the rules of its own block", "[composite]") {
  const auto out = fired_in_blocks(composite("combo.a", "expr = 'any(cta.*) and not any(qa.ask)'"),
                                   {"иди", "почему иди", "ничего"});
  CHECK(out == std::vector<Ids>{{"combo.a"}, {}, {}});
}

TEST_CASE("count and all look at distinct rules", "[composite]") {
  const auto out = fired_in_blocks(composite("combo.count", "expr = 'count(cta.*) >= 2'") +
                                       composite("combo.all", "expr = 'all(cta.go, cta.buy)'"),
                                   {"иди иди", "иди и купи"});
  CHECK(out == std::vector<Ids>{{}, {"combo.count", "combo.all"}});
}

TEST_CASE("post, first, last and adjacent look at other blocks", "[composite]") {
  const auto out =
      fired_in_blocks(composite("combo.post", "expr = 'post(qa.ask) and any(cta.go)'") +
                          composite("combo.first", "expr = 'first(cta.go)'") +
                          composite("combo.last", "expr = 'last(cta.go)'") +
                          composite("combo.next", "expr = 'adjacent(cta.go, qa.ask)'") +
                          composite("combo.next2", "expr = 'adjacent(cta.go, qa.ask, blocks=2)'"),
                      {"иди", "и", "иди", "почему", "иди"});
  CHECK(out == std::vector<Ids>{{"combo.post", "combo.first"},
                                {},
                                {"combo.post", "combo.next", "combo.next2"},
                                {},
                                {"combo.post", "combo.last", "combo.next", "combo.next2"}});
}

TEST_CASE("near looks at the distance between the hits of two rules", "[composite]") {
  const auto out = fired_in_blocks(composite("combo.near", "expr = 'near(cta.go, cta.buy, 6)'"),
                                   {"иди да купи", "купи же и иди", "иди, а потом ты купи"});
  CHECK(out == std::vector<Ids>{{"combo.near"}, {"combo.near"}, {}});
}

TEST_CASE("a composite may read another, in whatever order they stand", "[composite]") {
  const auto out = fired_in_blocks(composite("combo.b", "expr = 'any(combo.a) and any(cta.buy)'") +
                                       composite("combo.a", "expr = 'any(cta.go)'"),
                                   {"иди купи", "купи"});
  CHECK(out == std::vector<Ids>{{"combo.a", "combo.b"}, {}});
}

TEST_CASE("a composite on the post speaks once, of all its blocks", "[composite]") {
  const RuleSet rules = compiled(pack_of(
      words() + composite("combo.a", "on = 'post'\nexpr = 'any(cta.go) and any(cta.buy)'")));
  const std::vector<std::string> blocks{"иди", "купи"};
  const PostMatches matches = rules.match(post_of(blocks));
  CHECK(fired(rules, matches.whole) == Ids{"combo.a"});
  CHECK(matches.whole.front().note == "from cta.go, cta.buy");
}

TEST_CASE("an active composite takes the weight of what it absorbs, and shows it", "[composite]") {
  const std::string examples = "match = ['иди']\nno_match = ['стой']\nwhy = 'test'\n";
  const RuleSet rules =
      compiled(pack_of(rule("cta.go", "any = ['иди']\nstatus = 'active'\n" + examples) +
                       "[[composite]]\nid = 'combo.a'\nlabel = 'ad'\nweight = { init = 700 }\n"
                       "expr = 'any(cta.go) and block.links == 0'\nabsorbs = ['cta.*']\n" +
                       examples));
  const std::vector<std::string> blocks{"иди"};

  const auto matches = rules.match(post_of(blocks)).blocks.front();

  REQUIRE(fired(rules, matches) == Ids{"cta.go", "combo.a"});
  CHECK(matches[0].weight == 0);
  CHECK(matches[0].note == "absorbed by combo.a");
  CHECK(matches[1].weight == 700);
  CHECK(matches[1].note == "from cta.go, block.links=0");
}
