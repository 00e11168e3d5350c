#include <algorithm>

#include "classifier/lint.h"
#include "rule_pack_sample.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::classifier;
using namespace qanat::test;

namespace {

/// The fatal findings, as one string; a line each.
std::string lint(const std::vector<PackFile>& files) {
  std::string out;
  for (const LintFinding& finding : RuleSet::lint(files)) {
    CHECK_FALSE(finding.remedy.empty());
    if (finding.fatal) out += finding.where + ": " + finding.problem + "\n";
  }
  return out;
}

std::string lint_rule(const std::string& lines) { return lint(pack_of(rule("a.b", lines))); }

std::string lint_pattern(const std::string& pattern) {
  return lint_rule("any = ['" + pattern + "']");
}

std::string active(const std::string& id, const std::string& lines) {
  return rule(id, "status = 'active'\nwhy = 'test'\n" + lines);
}

}  // namespace

TEST_CASE("a sound rule gives no finding", "[lint]") {
  CHECK(lint_pattern("подпи(шись|сывай[а-я]*) на [^a-z]{1,8}канал[а-я]*").empty());
  CHECK(lint_pattern("erid ?[:=]? ?[0-9a-z]{8,24}").empty());
  CHECK(lint_pattern("[0-9]+ ?(₽|руб|\\$)").empty());
  CHECK(lint_pattern("\\d+ days? left").empty());
  CHECK(lint_rule("view = 'raw'\nany = ['ООО [А-ЯЁ][а-яё]+']").empty());
}

TEST_CASE("a finding names file, line and column, and the rule", "[lint]") {
  const auto findings =
      RuleSet::lint(pack_of("[[rule]]\nid = 'a.b'\nlabel = 'ad'\nstatus = 'shadow'\n"
                            "weight = { init = 1 }\nany = ['хорошо', '\\bплохо']\n"));
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].where == "10-rules.toml:6:18");
  CHECK(findings[0].rule == "a.b");
}

TEST_CASE("escapes that know only ASCII are refused", "[lint]") {
  CHECK(has(lint_pattern("\\bреклама"), "does the reverse"));
  CHECK(has(lint_pattern("реклама\\B"), "does the reverse"));
  CHECK(has(lint_pattern("\\w+ реклама"), "only ASCII letters"));
  CHECK(has(lint_pattern("скидка \\d+"), "beside letters that are not ASCII"));
  CHECK(has(lint_pattern("на\\sправах"), "ASCII blanks"));
  CHECK(has(lint_pattern("[[:alpha:]]+ка"), "only ASCII characters"));
}

TEST_CASE("what the folded view never holds is refused in a pattern", "[lint]") {
  CHECK(has(lint_pattern("Реклама"), "capital letter"));
  CHECK(has(lint_pattern("[А-Я]клама"), "capital letter"));
  CHECK(has(lint_pattern("ещё"), "ё is е"));
  CHECK(has(lint_pattern("и\u0306"), "not NFC"));
  CHECK(has(lint_pattern("рек\u200Bлама"), "invisible"));
  CHECK(has(lint_pattern("на\u00A0правах"), "no-break space"));
  CHECK(has(lint_pattern("на\u2009правах"), "another blank"));
  CHECK(has(lint_pattern("рек\u202Eлама"), "invisible"));
  for (const auto* rewritten : {"«да»", "`да`", "´", "5 \u2212 2", "\u2E3A", "𝓪"}) {
    CAPTURE(rewritten);
    CHECK(has(lint_pattern(rewritten), "the view rewrites"));
  }
  CHECK(has(lint_pattern("рекл\u0061ма"), "mixes Latin and Cyrillic"));
  CHECK(has(lint_pattern("(?i)реклама"), "(?i) has no effect"));
  CHECK(has(lint_rule("literals = ['Реклама']"), "capital letter"));
}

TEST_CASE("capitals of escapes, classes and groups are no capitals of the text", "[lint]") {
  CHECK(lint_pattern("(?P<Name>да)\\p{Greek}\\PL").empty());
  CHECK(lint_pattern("\\Qa.b\\E[^\\D]x").empty());
}

TEST_CASE("gaps are refused, short ones are not", "[lint]") {
  CHECK(has(lint_pattern("подпис.*канал"), "the gap .*"));
  CHECK(has(lint_pattern("подпис.{0,30}канал"), "the gap .{0,30}"));
  CHECK(has(lint_pattern("подпис[^а]+канал"), "the gap [^а]+"));
  CHECK(has(lint_pattern("подпис.{3,}канал"), "the gap .{3,}"));
  CHECK(lint_pattern("подпис.{0,8}канал").empty());
}

TEST_CASE("patterns that cannot work are refused", "[lint]") {
  CHECK(has(lint_pattern("(реклама"), "RE2 rejects"));
  CHECK(has(lint_pattern("(?=реклама)"), "RE2 rejects"));
  CHECK(has(lint_pattern("(реклама)?"), "matches the empty text"));
  CHECK(has(lint_pattern("(\\pL{30}){20}"), "too large"));
  const auto over_budget = RuleSet::lint(pack_of(rule("a.b", "any = ['((\\pL{10}){10}){10}']")));
  REQUIRE(over_budget.size() == 1);
  CHECK(over_budget[0].where == "10-rules.toml:6:8");
  CHECK(has(over_budget[0].problem, "pattern too large"));
  CHECK(has(over_budget[0].remedy, "split it"));
  CHECK(has(lint_rule("view = 'squash'\nany = ['реклам[аы]']"), "plain strings only"));
  CHECK(has(lint_rule("view = 'squash'\nliterals = ['скид']"), "fewer than 6 letters"));
  CHECK(has(lint_rule("view = 'squash'\nliterals = ['на правах']"), "letters only"));
}

TEST_CASE("a misspelt field, choice, scope, feature or list says what was meant", "[lint]") {
  CHECK(has(lint_rule("literal = ['да']"),
            "unknown field \"literal\" in a rule (did you mean "
            "\"literals\"?)"));
  CHECK(has(lint_rule("any = ['да']\nview = 'folded'"), "did you mean \"fold\"?"));
  CHECK(has(lint_rule("any = ['да']\nin = ['link.urls']"), "did you mean \"link.url\"?"));
  CHECK(has(lint_rule("any = ['да']\nwhen = 'block.linkz > 1'"), "did you mean \"block.links\"?"));
  CHECK(has(lint_rule("list = 'short'"), "unknown list \"short\""));
  CHECK(has(lint_rule("any = ['да']\nmatch = [{ text = 'да', media = ['gif2'] }]"),
            "no media is of the kind \"gif2\" (did you mean \"gif\"?)"));
  CHECK(has(lint_rule("any = 5"), "`any` is not a list of strings"));
  CHECK(has(lint_rule("any = ['да']\nweight = { init = 1, maximum = 2 }"), "in `weight`"));
  CHECK(has(lint_rule("any = ['да']\nnear = { a = ['x'], chars = 2 }"), "`near` needs"));
}

TEST_CASE("a list that no rule uses, and a pack among the golden posts, are warned of", "[lint]") {
  auto files = pack_of(rule("a.b", "in = ['link.host']\nlist = 'used'"));
  files.push_back({.path = "lists/used.txt", .text = "kind: host\nbit.ly\n"});
  files.push_back({.path = "ru/lists/idle.txt", .text = "kind: host\nt.co\n"});
  files.push_back({.path = "golden/30-more.toml", .text = ""});

  const auto findings = RuleSet::lint(files);

  REQUIRE(findings.size() == 2);
  CHECK_FALSE(findings[0].fatal);
  CHECK(findings[0].where == "golden/30-more.toml:1:1");
  CHECK(findings[0].problem == "no command reads this file");
  CHECK_FALSE(findings[1].fatal);
  CHECK(findings[1].where == "ru/lists/idle.txt:1:1");
  CHECK(findings[1].problem == "no rule uses the list \"idle\"");
}

TEST_CASE("weights keep the sign of their label and their bounds", "[lint]") {
  CHECK(has(lint_rule("any = ['да']\nweight = { init = -5, min = -9, max = 0 }"), "wrong sign"));
  CHECK(has(lint_rule("label = 'qa'\nany = ['да']\nweight = { init = 5 }"), "wrong sign"));
  CHECK(has(lint_rule("any = ['да']\nweight = { init = 9, min = 0, max = 5 }"), "outside `min`"));
  CHECK(has(lint_rule("any = ['да']\nweight = { init = 99999 }"), "a weight of 99999"));
  auto files = pack_of(rule("a.b", "any = ['да']\nweight = { init = 1, min = 0, max = 5 }"));
  files.push_back({.path = "weights.toml", .text = "[weights]\n'a.b' = 6\n'a.c' = 1\n"});
  CHECK(has(lint(files), "weights.toml:2:9: a weight of 6 is outside"));
  CHECK(has(lint(files), "unknown rule \"a.c\""));
}

TEST_CASE("an active rule has an example on both sides, and a weight", "[lint]") {
  CHECK(has(lint(pack_of(active("a.b", "any = ['да']\nmatch = ['да']"))), "without a `no_match`"));
  CHECK(has(lint(pack_of("[[rule]]\nid = 'a.b'\nlabel = 'ad'\nany = ['да']\nmatch = ['да']\n"
                         "no_match = ['нет']\n")),
            "without `weight`"));
}

TEST_CASE("ids are group.name and stand once", "[lint]") {
  CHECK(has(lint(pack_of(rule("Bad", "any = ['да']"))), "is not an id"));
  CHECK(has(lint(pack_of(rule("a.b", "any = ['да']") + rule("a.b", "any = ['нет']"))),
            "is already used at 10-rules.toml:1:1"));
  CHECK(has(lint(pack_of(rule("a.b", "title = 'nothing'"))), "matches nothing"));
}

TEST_CASE("the same pattern in two active rules is refused", "[lint]") {
  const std::string lines = "any = ['да']\nmatch = ['да']\nno_match = ['нет']";
  const auto second = [&](const std::string& more, const std::string& first_more = "") {
    return lint(
        pack_of(active("a.b", lines + "\n" + first_more) + active("a.c", lines + "\n" + more)));
  };
  CHECK(has(second(""), "is already in a.b"));
  for (const auto* condition : {"when = 'block.chars < 20'",
                                "none = ['кофе', 'чай']",
                                "all = ['да']",
                                "channels = { except = ['some_one'] }"}) {
    CAPTURE(condition);
    CHECK(has(second(condition, condition), "is already in a.b"));
    CHECK(second(condition).empty());
  }
  CHECK(second("in = ['post']").empty());
  CHECK(second("label = 'signature'").empty());
  CHECK(has(second("none = ['чай', 'кофе']", "none = ['кофе', 'чай']"), "is already in a.b"));
  const std::string told = second("in = ['text', 'post']", "in = ['text', 'post']");
  CHECK(std::ranges::count(told, '\n') == 1);
}

TEST_CASE("packs of two languages may share a pattern, as no post is of both", "[lint]") {
  const auto active_in = [](const std::string& id) {
    return active(id, "any = ['utm_[a-z]+']\nmatch = ['utm_x']\nno_match = ['x']");
  };
  const auto packs = [&](const std::string& languages) {
    return lint({pack_file("en/", "['en']"),
                 {.path = "en/1.toml", .text = active_in("a.b")},
                 pack_file("more/", languages),
                 {.path = "more/1.toml", .text = active_in("a.c")}});
  };
  CHECK(packs("['ru']").empty());
  CHECK(has(packs("['ru', 'en']"), "is already in a.b"));
  CHECK(has(packs("[]"), "is already in a.b"));
}

TEST_CASE("a number of a block is refused where the post is looked at as a whole", "[lint]") {
  const auto with = [](const std::string& in, const std::string& when) {
    return lint_rule("any = ['да']\nin = " + in + "\nwhen = '" + when + "'");
  };
  CHECK(has(with("['post']", "post.chars < 9 or not block.lines < 3"),
            "`block.lines` is a block's, and always 0"));
  CHECK(has(with("['button.text', 'forward.from']", "block.chars < 20"), "`block.chars`"));
  CHECK(with("['post', 'text']", "block.chars < 20").empty());
  CHECK(with("['link.url']", "block.chars < 20").empty());
  CHECK(with("['post']", "post.lines >= 3").empty());
  const auto composite = [](const std::string& more) {
    return lint(pack_of(rule("a.b", "any = ['да']") +
                        "[[composite]]\nid = 'c.x'\nlabel = 'ad'\nstatus = 'shadow'\n"
                        "expr = 'any(a.b) and block.pos >= 1'\nweight = { init = 1 }\n" +
                        more));
  };
  CHECK(composite("").empty());
  CHECK(has(composite("on = 'post'"), "`block.pos` is a block's, and always 0"));
}

TEST_CASE("composites name rules that exist and act", "[lint]") {
  const auto with = [](const std::string& expr, const std::string& more = "") {
    const std::string both = "\nmatch = ['да']\nno_match = ['нет']";
    return lint(pack_of(active("a.b", "any = ['да']" + both) + rule("a.shadow", "any = ['так']") +
                        rule("a.old", "any = ['ага']\nstatus = 'retired'") +
                        "[[composite]]\nid = 'c.x'\nwhy = 'w'\nlabel = 'ad'\nweight = {init = 1}" +
                        both + "\nexpr = '" + expr + "'\n" + more));
  };
  CHECK(with("any(a.*)").empty());
  CHECK(has(with(""), "a composite without `expr`"));
  CHECK(has(with("any(a.c)"), "unknown rule \"a.c\""));
  CHECK(has(with("any(a.shadow)"), "is not active, but an active rule uses it"));
  CHECK(has(with("any(a.old)"), "is retired"));
  CHECK(has(with("any(b.*)"), "no rule that counts here matches b.*"));
  CHECK(has(with("any(a.b"), "`expr`: expected"));
  CHECK(has(with("any(a.b) or any(c.x)"), "refers to itself"));
  CHECK(has(with("any(a.b)", "absorbs = ['a.z']\n"), "unknown rule \"a.z\""));
}

TEST_CASE("a file that cannot be read does not make its rules unknown", "[lint]") {
  auto files = pack_of(rule("a.b", "any = ['да']") +
                       "[[composite]]\nid = 'c.x'\nwhy = 'w'\nlabel = 'ad'\nweight = {init = 1}\n"
                       "status = 'shadow'\nexpr = 'any(a.b) and any(d.e) and any(f.*)'\n");
  files.push_back({.path = "20-broken.toml", .text = "[[rule]]\nid = 'd.e\n"});
  files.push_back({.path = "weights.toml", .text = "[weights]\n'd.e' = 1\n"});
  files.push_back({.path = "channels/some_one.toml",
                   .text = "[[override]]\nrule = 'd.e'\ndisable = true\nreason = 'x'\n"});

  const std::string told = lint(files);

  CHECK(told.starts_with("20-broken.toml:2:"));
  CHECK(std::ranges::count(told, '\n') == 1);
}

TEST_CASE("a list that is named by its path, or has no kind, is told once and truly", "[lint]") {
  const auto findings = [](const std::string& name, const std::string& kind) {
    auto files = pack_of(rule("a.b", "in = ['link.host']\nlist = '" + name + "'"));
    files.push_back({.path = "lists/clouds.txt", .text = "kind: " + kind + "\nbit.ly\n"});
    return RuleSet::lint(files);
  };

  const auto by_path = findings("lists/clouds.txt", "host");
  REQUIRE_FALSE(by_path.empty());
  CHECK(by_path[0].problem == "unknown list \"lists/clouds.txt\" (did you mean \"clouds\"?)");
  CHECK(by_path[0].remedy == "a list is named without folder and ending: \"clouds\"");
  const auto without_kind = findings("clouds", "domain");
  REQUIRE(without_kind.size() == 1);
  CHECK(without_kind[0].problem == "the list does not say what it lists");
}

TEST_CASE("list entries are canonical", "[lint]") {
  const auto list = [](const std::string& text) {
    auto files = pack_of(rule("a.b", "in = ['link.host', 'text', 'mention']\nlist = 'l'"));
    files.push_back({.path = "lists/l.txt", .text = text});
    return lint(files);
  };
  CHECK(list("kind: host\nbit.ly\n").empty());
  CHECK(has(list("bit.ly\n"), "does not say what it lists"));
  CHECK(has(list("kind: host\nhttps://Bit.ly/\n"), "lists/l.txt:2:1: \"https://Bit.ly/\" is not"));
  CHECK(has(list("kind: host\nбез точки\n"), "is not a host"));
  CHECK(has(list("kind: host\n*.x.example\n"), "is not a host"));
  CHECK(has(list("kind: host\n.com\n"), "is not a host"));
  CHECK(has(list("kind: host\nqx.net.\n"), "not in canonical form"));
  CHECK(has(list("kind: host\nxn--e1afmkfd.xn--p1ai\n"), "not in canonical form"));
  CHECK(list("kind: host\nпример.рф\n").empty());
  CHECK(list("\xEF\xBB\xBFkind: host\nbit.ly\n").empty());
  CHECK(has(list("kind: handle\n@Name\n"), "not in canonical form"));
  CHECK(has(list("kind: token\nдва слова\n"), "more than one word"));
  CHECK(has(list("kind: phrase\nЕщё Раз\n"), "not in canonical form"));
  CHECK(has(list("kind: host\n"), "the list is empty"));
  CHECK_FALSE(has(list("kind: host\nбез точки\n"), "the list is empty"));
  CHECK(has(list("kind: host\n\xFF\xFE.com\n"), "not valid UTF-8"));
  CHECK(list("kind: host\r\nbit.ly\r\n").empty());
}

TEST_CASE("a kind under a label for which it means nothing is warned of", "[lint]") {
  const auto findings = [](const std::string& label, const std::string& kind) {
    return RuleSet::lint(pack_of(rule(
        "a.b",
        "any = ['да']\nlabel = '" + label + "'\nkind = '" + kind + "'\nweight = { init = 0 }")));
  };
  for (const auto& [label, kind] : {std::pair{"qa", "disclosure"},
                                    std::pair{"ad", "plain"},
                                    std::pair{"ad", "form"},
                                    std::pair{"signature", "question"}}) {
    CAPTURE(label, kind);
    const auto found = findings(label, kind);
    REQUIRE(found.size() == 1);
    CHECK_FALSE(found[0].fatal);
    CHECK(has(found[0].problem, "means something of label "));
  }
  CHECK(has(findings("ad", "form")[0].problem, "label signature or boilerplate only"));
  CHECK(findings("signature", "form").empty());
  CHECK(findings("boilerplate", "form").empty());
  CHECK(findings("ad", "disclosure").empty());
}

TEST_CASE("a kind a letter or two from one that matters is a slip, any other is free", "[lint]") {
  const auto of_kind = [](const std::string& kind) {
    return RuleSet::lint(pack_of(rule("a.b", "any = ['да']\nkind = '" + kind + "'")));
  };
  for (const auto* kind : {"", "disclosure", "lead_in", "education", "answer", "code", "job"}) {
    CAPTURE(kind);
    CHECK(of_kind(kind).empty());
  }
  for (const auto* kind : {"qustion", "lead-in", "disclosur", "Plain"}) {
    CAPTURE(kind);
    const auto findings = of_kind(kind);
    REQUIRE(findings.size() == 1);
    CHECK_FALSE(findings[0].fatal);
    CHECK(findings[0].rule == "a.b");
    CHECK(has(findings[0].problem, "did you mean"));
  }
}

TEST_CASE("a kind that only the program's own rules have is refused", "[lint]") {
  CHECK(has(lint_rule("any = ['да']\nkind = 'vocabulary'"), "the program's own rules"));
  CHECK(has(lint_rule("any = ['да']\nkind = 'recurring'"), "the program's own rules"));
}

TEST_CASE("an override has a reason and one action inside the bounds", "[lint]") {
  const auto with = [](const std::string& lines) {
    auto files = pack_of(rule("a.b", "any = ['да']\nweight = { init = 1, min = 0, max = 5 }"));
    files.push_back(
        {.path = "channels/some_one.toml", .text = "[[override]]\nrule = 'a.b'\n" + lines});
    return lint(files);
  };
  CHECK(with("weight = 2\nreason = 'theirs'").empty());
  CHECK(has(with("weight = 2"), "without `reason`"));
  CHECK(has(with("reason = 'x'"), "either `disable = true` or a `weight`"));
  CHECK(has(with("weight = 6\nreason = 'x'"), "outside the rule's bounds"));
  CHECK(has(with("weight = 4000000000\nreason = 'x'"), "a weight of 4000000000"));
  CHECK(has(with("weight = 2\nreason = ' '"), "without `reason`"));
  CHECK(has(
      with("weight = 2\nreason = 'x'\n[[override]]\nrule = 'a.b'\ndisable = true\nreason = 'y'"),
      "a duplicate override of a.b"));
}

TEST_CASE("a channel's file names no channels beside its own", "[lint]") {
  const auto with = [](const std::string& text) {
    auto files = pack_of(rule("a.b", "any = ['да']"));
    files.push_back({.path = "channels/some_one.toml", .text = text});
    return lint(files);
  };
  const std::string channels = "channels = { only = ['other_one'] }";
  const std::string composite =
      "[[composite]]\nid = 'c.x'\nlabel = 'ad'\nstatus = 'shadow'\nexpr = 'any(a.b)'\n"
      "weight = { init = 1 }\n";
  CHECK(with(rule("a.c", "any = ['нет']") + composite).empty());
  CHECK(with(composite + "channels = { only = ['@Some_One'] }").empty());
  CHECK(has(with(composite + "channels = { except = ['some_one'] }"), "`channels` in a channel's"));
  CHECK(has(with(rule("a.c", "any = ['нет']\n" + channels)), "`channels` in a channel's file"));
  CHECK(has(with(composite + channels), "`channels` in a channel's file"));
}

TEST_CASE("a pack speaks a language that posts have, and has a version", "[lint]") {
  const auto pack = [](const std::string& languages, const std::string& version) {
    auto files = pack_of(rule("a.b", "any = ['да']"));
    files[0].text =
        "id = 'test'\nversion = '" + version + "'\nschema = 1\nlanguages = " + languages;
    return lint(files);
  };
  CHECK(pack("['ru', 'en', 'other']", "1.0.0").empty());
  CHECK(has(pack("['rus']", "1.0.0"), "no post has the language \"rus\""));
  CHECK(has(pack("[]", "abc"), "\"abc\" is not a version"));
}

TEST_CASE("what supersedes or absorbs names another rule", "[lint]") {
  CHECK(has(lint_rule("any = ['да']\nsupersedes = ['c.d']"), "supersedes an unknown rule"));
  CHECK(has(lint(pack_of(rule("a.b", "any = ['да']") +
                         "[[composite]]\nid = 'c.d'\nlabel = 'ad'\nstatus = 'shadow'\n"
                         "expr = 'any(a.b)'\nabsorbs = ['c.d']\nweight = { init = 1000 }\n")),
            "absorbs itself"));
}

TEST_CASE("a byte is no character, and a doubled `and` is told as such", "[lint]") {
  CHECK(has(lint_pattern("код\\C"), "cuts letters in two"));
  CHECK(has(lint_rule("when = 'block.links and and block.chars'"),
            "expected a feature or a function but met \"and\""));
}
