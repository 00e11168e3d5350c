#include <algorithm>

#include "classifier/rule_set.h"
#include "rule_pack_sample.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::classifier;
using namespace qanat::test;

namespace {

std::string error_of(const std::vector<PackFile>& files) {
  const auto rules = RuleSet::compile(files);
  if (rules) return "";
  CHECK(rules.error().code == Errc::rule);
  return rules.error().message;
}

std::string with_examples(const std::string& match, const std::string& no_match) {
  return rule("a.b",
              "status = 'active'\nwhy = 'test'\nany = ['реклам[аыу]']\nmatch = [" + match +
                  "]\nno_match = [" + no_match + "]");
}

std::string hash_of(const std::vector<PackFile>& files) { return compiled(files).pack_hash(); }

}  // namespace

TEST_CASE("a pack that fails its own examples does not load", "[pack]") {
  CHECK(error_of(pack_of(with_examples("'Реклама'", "'нет'"))).empty());
  const std::string message = error_of(pack_of(with_examples("'нет'", "'реклама'")));
  CHECK(has(message, "10-rules.toml:8:10: a.b does not match its `match` example: 'нет'"));
  CHECK(has(message, "a.b matches its `no_match` example: 'реклама'"));
}

TEST_CASE("a pack that was checked before is only read", "[pack]") {
  const auto files = pack_of(with_examples("'нет'", "'реклама'"));
  CHECK(RuleSet::compile(files, PackChecks::reading).has_value());
  CHECK_FALSE(RuleSet::compile(pack_of("[[rule"), PackChecks::reading).has_value());
}

TEST_CASE("a documented hole that closed must be declared a match", "[pack]") {
  const auto with = [](const std::string& miss) {
    return pack_of(rule("a.b", "any = ['реклама']\nknown_miss = ['" + miss + "']"));
  };
  CHECK(error_of(with("р е к л а м а")).empty());
  CHECK(has(error_of(with("реклама")), "move it to `match`"));
}

TEST_CASE("an example may be a post with links, buttons and a forward", "[pack]") {
  const std::string where = "in = ['text', 'link.url', 'button.text', 'forward.from']\n";
  CHECK(
      error_of(pack_of(rule("a.b",
                            where + "any = ['erid=[a-z]+', 'купить', 'магазин']\n"
                                    "match = [ 'см. https://example.org/?erid=abc',"
                                    " { text = 'тут', links = ['https://x.org/?erid=abc'] },"
                                    " { text = 'да', buttons = [{ text = 'Купить',"
                                    " url = 'https://x.org' }] },"
                                    " { text = 'да', forward = 'Магазин' } ]\n"
                                    "no_match = [ { text = 'тут', links = ['https://x.org/'] } ]")))
          .empty());
}

TEST_CASE("an example may set the features that its block would have", "[pack]") {
  CHECK(error_of(pack_of(rule("a.b",
                              "any = ['да']\nwhen = 'block.is_code'\nmatch = [{ text = 'да', "
                              "features = { 'block.is_code' = 1 } }]\nno_match = ['да']")))
            .empty());
  CHECK(has(error_of(pack_of(rule("a.b",
                                  "any = ['да']\nmatch = [{ text = 'да', txt = 'x', "
                                  "features = { 'block.code' = 1 } }]"))),
            "is not a feature with a number"));
}

TEST_CASE("an example counts as a post of its pack's language and its rule's channel", "[pack]") {
  CHECK(error_of({pack_file("en/", "['en']"),
                  {.path = "en/1.toml",
                   .text = rule("a.b",
                                "any = ['sale']\nchannels = { only = ['some_one'] }\n"
                                "match = ['sale', { text = 'Sale', channel = 'some_one' }]\n"
                                "no_match = [{ text = 'sale', channel = 'other' },"
                                " { text = 'sale', lang = 'ru' }]")}})
            .empty());
}

TEST_CASE("examples of a draft warn, those of other rules refuse the pack", "[pack]") {
  const auto files = pack_of(rule("a.b", "status = 'draft'\nany = ['да']\nmatch = ['нет']") +
                             rule("a.c", "any = ['так']"));
  CHECK(error_of(files).empty());
  const auto findings = RuleSet::lint(files);
  REQUIRE(findings.size() == 1);
  CHECK_FALSE(findings.front().fatal);
}

TEST_CASE("a report tells failing examples from a pack that does not compile", "[pack]") {
  const auto report = run_examples(pack_of(with_examples("'нет', 'реклама'", "'да'")));
  REQUIRE(report);
  CHECK(report->examples == 3);
  CHECK(report->rules == 1);
  REQUIRE(report->failures.size() == 1);
  CHECK(report->failures.front().promise == "match");
  CHECK(report->failures.front().text == "нет");
  CHECK_FALSE(run_examples(pack_of("[[rule")));
}

TEST_CASE("a failing example says which part of its rule is to blame", "[pack]") {
  const auto reason = [](const std::string& lines, const std::string& more = "") {
    auto files = pack_of(rule("a.b", lines) + more);
    files.push_back({.path = "lists/l.txt", .text = "kind: token\nслово\n"});
    const auto report = run_examples(files).value();
    return report.failures.size() == 1 ? report.failures.front().reason : "no or many failures";
  };
  const std::string match = "\nmatch = ['большая скидка сегодня']";

  CHECK(reason("any = ['акция', 'скидк']" + match) ==
        "no `any` matches; any[1] would with words = \"start\"");
  CHECK(reason("any = ['акция']\nlist = 'l'" + match) ==
        "no `any` and nothing of the list \"l\" matches");
  CHECK(reason("literals = ['скидк[аи]']" + match) ==
        "no `literals` matches; literals[0] would as a pattern in `any`: literals are plain text");
  CHECK(reason("any = ['скидка']\nnone = ['малая', 'больша(я|я же)']" + match) ==
        "vetoed by none[1]: большая");
  CHECK(reason("any = ['скидка']\nwhen = 'block.caps_ratio > 0.5 and block.links == 0'" + match) ==
        "`when` is false: block.caps_ratio = 0, block.links = 0");
  CHECK(reason("when = 'block.links > 0'" + match) == "`when` is false: block.links = 0");
  CHECK(reason("any = ['скидка']\nall = ['сегодня', 'завтра']" + match) == "all[1] does not match");
  CHECK(reason("any = ['скидка']\nall = ['итог']\nmatch = [\"скидка\\n\\nитог\"]") ==
        "its parts match, but not in the same block");
  CHECK(reason("near = { a = ['большая'], b = ['сегодня'], chars = 3 }" + match) ==
        "`near`: a and b match, but not within 3 characters");
  CHECK(reason("near = { a = ['сегодня'], b = ['большая'], chars = 30, order = 'ab' }" + match) ==
        "`near`: b stands before a, and order is \"ab\"");
  CHECK(reason("near = { a = ['большая'], b = ['завтра'], chars = 30 }" + match) ==
        "no `near.b` matches");
  CHECK(reason("in = ['button.text']\nany = ['скидка']" + match) ==
        "the example has nothing where the rule looks (`in`)");
  CHECK(reason("any = ['скидка']\nchannels = { only = ['some_one'] }\n"
               "match = [{ text = 'скидка', channel = 'other_one' }]") ==
        "the rule is not for the example's language (other) or channel (other_one)");

  const std::string no_match = "\nno_match = ['Большая скидка']";
  CHECK(reason("any = ['акция', 'скидка']" + no_match) == "any[1] matches 'скидка'");
  CHECK(reason("any = ['акция']\nliterals = ['большая']" + no_match) ==
        "literals[0] matches 'Большая'");
  CHECK(reason("near = { a = ['большая'], b = ['скидка'], chars = 3 }" + no_match) ==
        "`near` matches 'Большая скидка'");

  const std::string composite =
      "[[composite]]\nid = 'c.d'\nlabel = 'ad'\nstatus = 'shadow'\nweight = { init = 1 }\n"
      "expr = 'any(a.b) and block.links > 0'\n";
  CHECK(reason("any = ['скидка']", composite + "match = ['скидка']") ==
        "`expr` is false: block.links = 0; of the rules it names a.b matched");
}

TEST_CASE("broken files are told with their places, all at once", "[pack]") {
  auto files = pack_of(rule("a.b", "any = ['(']") + rule("Bad", "any = ['да']"));
  files.push_back({.path = "20.toml", .text = "[[rule]]\nid = \n"});
  files.push_back({.path = "30.toml", .text = "x = '\xFF'"});
  const std::string message = error_of(files);
  CHECK(has(message, "RE2 rejects"));
  CHECK(has(message, "is not an id"));
  CHECK(has(message, "20.toml:2:"));
  CHECK(has(message, "30.toml:1:1: the file is not valid UTF-8"));
}

TEST_CASE("a pack names its id, version and schema", "[pack]") {
  CHECK(has(error_of({}), "the pack has no rule"));
  CHECK(has(error_of({{.path = "1.toml", .text = rule("a.b", "any = ['да']")}}), "no pack.toml"));
  CHECK(has(error_of({{.path = "pack.toml", .text = "id = 'x'\nversion = '1'\nschema = 9\n"}}),
            "pack.toml:3:10: the pack's schema is not supported"));
  CHECK(has(error_of({{.path = "pack.toml", .text = "schema = 1\nrequires_engine = 99\n"}}),
            "needs a newer program"));
}

TEST_CASE("no bytes of a pack crash the loader", "[pack]") {
  const std::string whole =
      with_examples("'Реклама', { text = 'x', links = ['https://x.org'] }", "'нет'") +
      rule("a.c",
           "near = { a = ['x'], b = ['y'], chars = 3 }\nwhen = "
           "'block.links > 0'\nlist = 'l'");
  for (std::size_t size = 0; size < whole.size(); size += 3) {
    (void)RuleSet::lint(pack_of(whole.substr(0, size)));
    std::string changed = whole;
    changed[size] = static_cast<char>(size * 7);
    (void)RuleSet::lint(pack_of(changed));
  }
  (void)RuleSet::lint(pack_of("a = " + std::string(100'000, '[')));
  SUCCEED();
}

TEST_CASE("the hash of a pack is that of what it means", "[pack]") {
  const std::string one = rule("a.b", "any = ['да', 'так']\ntitle = 'one'");
  const std::string two = rule("a.c", "any = ['нет']");
  const std::string hash = hash_of(pack_of(one + two));
  CHECK(hash.size() == 64);

  SECTION("titles, comments, examples, the order of rules, files and alternatives are not of it") {
    CHECK(hash_of(pack_of("# words\n" + two +
                          rule("a.b", "any = ['так', 'да']\ntitle = 'x'\nmatch = ['да']"))) ==
          hash);
    auto files = std::vector<PackFile>{
        {.path = "b.toml", .text = one}, {.path = "a.toml", .text = two}, pack_file()};
    CHECK(hash_of(files) == hash);
    std::ranges::reverse(files);
    CHECK(hash_of(files) == hash);
  }
  SECTION("patterns, weights, lists, languages and overrides are") {
    CHECK(hash_of(pack_of(one + rule("a.c", "any = ['нету']"))) != hash);
    CHECK(hash_of(pack_of(one + rule("a.c", "any = ['нет']\nweight = { init = 7 }"))) != hash);
    CHECK(hash_of(pack_of(one + rule("a.c", "literals = ['нет']"))) != hash);
    CHECK(hash_of(pack_of(
              one + rule("a.c", "any = ['нет']\nchannels = { only = ['some_one'] }"))) != hash);
    CHECK(hash_of({pack_file("", "['ru']"), {.path = "1.toml", .text = one + two}}) != hash);
    auto files = pack_of(one + two);
    files.push_back({.path = "channels/some_one.toml",
                     .text = "[[override]]\nrule = 'a.c'\ndisable = true\nreason = 'x'\n"});
    CHECK(hash_of(files) != hash);
  }
}
