#include <nlohmann/json.hpp>

#include "program.h"
#include "support/catch.h"

using Catch::Matchers::Contains;
using qanat::test::Answer;
using qanat::test::Program;

TEST_CASE("help goes to standard output and begins with what it is and examples") {
  Program program;

  const Answer all = program.run({"--help"});
  const Answer one = program.run({"posts", "--help"});

  CHECK(all.code == 0);
  CHECK(all.err.empty());
  CHECK(all.out.find("Examples:") < all.out.find("Usage:"));
  CHECK(one.code == 0);
  CHECK(one.out.find("qanat posts --outcome stripped") < one.out.find("Usage: qanat posts"));
}

TEST_CASE("the usage calls arguments as the help below does, and tells which may be left out") {
  Program program;

  CHECK_THAT(program.run({"channels", "add", "--help"}).out,
             Contains("Usage: qanat channels add [OPTIONS] CHANNEL...\n"));
  CHECK_THAT(program.run({"audit", "agreement", "--help"}).out,
             Contains("Usage: qanat audit agreement [OPTIONS] [NAME...]\n"));
  CHECK_THAT(program.run({"posts", "--help"}).out, Contains("By default 50"));
}

TEST_CASE("wrong arguments end with 2, nothing on standard output, and a hint") {
  Program program;
  struct Case {
    std::vector<std::string> arguments;
    std::string hint;
  };
  const std::vector<Case> cases = {
      {{}, "name a command: init, channels"},
      {{"crwal"}, "unknown command `crwal`; did you mean `crawl`?; see `qanat --help`"},
      {{"channels"}, "name a command: add, remove, rename, list, profile, import"},
      {{"channels", "ad", "x"}, "did you mean `add`?"},
      {{"channels", "add"}, "CHANNEL is missing; see `qanat channels add --help`"},
      {{"rules", "diff", "embedded"}, "DIR|embedded is missing; see `qanat rules diff --help`"},
      {{"posts", "--lable", "qa"}, "unknown option --lable; did you mean `--label`?"},
      {{"posts", "--label", "qq"}, "must be one of qa, ad, mixed, other"},
      {{"posts", "--since", "yesterday"}, "2026-07-24"},
      {{"posts", "--since", ""}, "--since: it is empty"},
      {{"posts", "--until", ""}, "--until: it is empty"},
      {{"export", "jsonl", "-o", "x", "--since", ""}, "--since: it is empty"},
      {{"export", "jsonl", "-o", "x", "--as-of", ""}, "--as-of: it is empty"},
      {{"audit", "queue", "--size", "0"}, "--size: `0` is not a whole number, 1 or more"},
      {{"audit", "queue", "--seed", "-1"}, "--seed: `-1` is not a whole number, 0 or more"},
      {{"audit", "label", "--annotator", ""}, "--annotator: it is empty"},
      {{"rules", "stats", "x", "--min-channels", "-1"}, "`-1` is not a whole number, 0 or more"},
      {{"posts", "--limit", "-1"}, "--limit: `-1` is not a whole number, 0 or more"},
      {{"posts", "--limit", "many"}, "--limit: `many` is not a whole number, 0 or more"},
      {{"runs", "--limit", "-1"}, "--limit: `-1` is not a whole number, 0 or more"},
      {{"archive", "reparse", "--limit", "x"}, "--limit: `x` is not a whole number, 0 or more"},
      {{"archive", "prune", "--keep", "0x3"}, "--keep: `0x3` is not a whole number, 1 to 1200"},
      {{"archive", "prune", "--keep", "1201"}, "--keep: `1201` is not a whole number, 1 to 1200"},
      {{"rules", "learn", "x", "--folds", "1"}, "--folds: `1` is not a whole number, 2 to 100"},
      {{"rules", "learn", "x", "--resamples", "0"}, "`0` is not a whole number, 1 to 10000"},
      {{"rules", "learn", "x", "--seed", "-1"}, "--seed: `-1` is not a whole number, 0 or more"},
      {{"doctor", "--help"}, "unknown command `doctor`"},
      {{"--help", "doctor"}, "unknown command `doctor`"},
      {{"archive", "lst", "--help"}, "unknown command `lst`; did you mean `list`?"},
      {{"crawl", "--max-pages", "0"}, "--max-pages: `crawl.max_pages` is 0; it must be a whole"},
      {{"crawl", "--max-pages", "x"}, "--max-pages: `crawl.max_pages` is \"x\"; it must be a"},
      {{"posts", "--log-level", "loud"}, "--log-level: `log.level` is \"loud\"; it must be one"},
      {{"posts", "--channel", "no"}, "https://t.me/some_channel"},
      {{"show"}, "see `qanat show --help`"},
      {{"show", "some_channel"}, "write some_channel/1020"},
      {{"version", "more"}, "unexpected argument `more`"},
      {{"--set", "crawl.rate", "version"}, "is not KEY=VALUE"},
  };

  for (const Case& one : cases) {
    CAPTURE(one.hint);
    const Answer answer = program.run(one.arguments);
    CHECK(answer.code == 2);
    CHECK(answer.out.empty());
    CHECK(answer.err.starts_with("qanat: "));
    CHECK(answer.err.find(one.hint) != std::string::npos);
  }
}

TEST_CASE("global options stand before or after the command") {
  Program program;
  program.write("q.toml", "[crawl]\nrate = 2\n");

  for (const auto& arguments :
       {std::vector<std::string>{"--config", program.path("q.toml"), "config", "show", "--json"},
        {"config", "show", "--json", "--config", program.path("q.toml")}}) {
    const Answer answer = program.run(arguments);
    REQUIRE(answer.code == 0);
    CHECK(nlohmann::json::parse(answer.out).at("file") == program.path("q.toml"));
  }
}

TEST_CASE("a proxy's password is shown to nobody") {
  Program program;
  for (const char* proxy : {"http://joe:s3cret@proxy.example:3128", "joe:s3cret@proxy.example"}) {
    const std::string set = std::string("crawl.proxy=") + proxy;
    const Answer text = program.run({"config", "show", "--set", set});
    const Answer json = program.run({"config", "show", "--json", "--set", set});

    CHECK_THAT(text.out, Contains("joe:***@proxy.example") && !Contains("s3cret"));
    CHECK_THAT(json.out, Contains("joe:***@proxy.example") && !Contains("s3cret"));
  }
  const Answer wrong =
      program.run({"config", "check", "--set", "crawl.proxy=ftp://joe:s3cret@proxy"});
  CHECK(wrong.code == 2);
  CHECK_THAT(wrong.err, Contains("joe:***@proxy") && !Contains("s3cret"));
}

TEST_CASE("config show tells each value and where it comes from") {
  Program program;
  program.write("qanat.toml", "[crawl]\nrate = 2\n");
  program.environment["QANAT_LOG_LEVEL"] = "warn";

  const Answer text = program.configured({"config", "show", "--store", "/tmp/x.db"});
  const Answer json = program.configured({"config", "show", "--json", "--log-format", "json"});

  CHECK(text.code == 0);
  CHECK(text.out.find("\"/tmp/x.db\"") != std::string::npos);
  CHECK(text.out.find("--store") != std::string::npos);
  CHECK(text.out.find("qanat.toml:2") != std::string::npos);
  CHECK(text.out.find("environment QANAT_LOG_LEVEL") != std::string::npos);
  const auto settings = nlohmann::json::parse(json.out).at("settings");
  const auto last = settings.back();
  CHECK(last.at("key") == "log.format");
  CHECK(last.at("value") == "json");
  CHECK(last.at("origin") == "--log-format");
}

TEST_CASE("a broken configuration ends every command that needs it with 78") {
  Program program;
  program.write("qanat.toml", "[crawl]\nhots = 1\n");

  for (const auto& arguments : {std::vector<std::string>{"config", "check"},
                                {"config", "show"},
                                {"posts"},
                                {"crawl"},
                                {"channels", "list"},
                                {"classify", "-"}}) {
    CAPTURE(arguments.front());
    const Answer answer = program.configured(arguments);
    CHECK(answer.code == 78);
    CHECK(answer.out.empty());
    CHECK(answer.err == "qanat: " + program.path("qanat.toml") +
                            ":2:1: unknown key `crawl.hots`; did you mean `crawl.hosts`?\n");
  }
}

TEST_CASE("config check counts the rules that files hold, with a vocabulary or without") {
  Program program;
  program.write("packs/pack.toml", "id = 'mine'\nversion = '1.0.0'\nschema = 1\n");
  program.write("packs/10-mine.toml",
                "[[rule]]\nid = 'x.y'\ntitle = 't'\nwhy = 'w'\nlabel = 'ad'\nany = ['промокод']\n"
                "weight = { init = 500, min = 0, max = 900 }\n"
                "match = ['промокод']\nno_match = ['код']\n");
  const std::vector<std::string> check{
      "config", "check", "--json", "--set", "rules.dir=" + program.path("packs")};

  const auto without = nlohmann::json::parse(program.run(check).out);
  program.write("packs/vocabulary.tsv", "*\t-300\ncourse\t500\t2000\n");
  const auto with = nlohmann::json::parse(program.run(check).out);

  CHECK(without.at("rules") == 1);
  CHECK(with.at("rules") == 1);
}

TEST_CASE("every line of a long complaint bears the program's name") {
  Program program;
  program.write("qanat.toml", "a = 1\nb = 2\n");

  const Answer answer = program.configured({"config", "check"});

  CHECK(answer.err.find("\nqanat: ") != std::string::npos);
}

TEST_CASE("a group's help shows examples of its own commands") {
  Program program;

  for (const char* group : {"channels", "config", "rules", "audit", "export"}) {
    CAPTURE(group);
    const Answer answer = program.run({group, "--help"});
    CHECK(answer.code == 0);
    CHECK(answer.out.find("Examples:\n  qanat ") < answer.out.find("Usage:"));
    CHECK(answer.out.find(std::string("\n  qanat ") + group) != std::string::npos);
    CHECK(answer.out.find("qanat init") == std::string::npos);
  }
}

TEST_CASE("the version flag says the same as the version command") {
  Program program;

  const Answer flag = program.run({"--version"});
  const Answer command = program.run({"version"});

  CHECK(flag.code == 0);
  CHECK(flag.err.empty());
  CHECK(flag.out == command.out);
}

TEST_CASE("config check --json tells the file and all that is wrong") {
  Program program;
  program.write("qanat.toml", "a = 1\nb = 2\n");
  program.write("good.toml", "");

  const Answer bad = program.configured({"config", "check", "--json"});
  const Answer good =
      program.run({"config", "check", "--json", "--config", program.path("good.toml")});

  CHECK(bad.code == 78);
  const auto wrong = nlohmann::json::parse(bad.out);
  CHECK(wrong.at("file") == program.path("qanat.toml"));
  CHECK(wrong.at("ok") == false);
  CHECK(wrong.at("rules").is_null());
  CHECK(wrong.at("errors").size() == 2);
  CHECK(good.code == 0);
  const auto fine = nlohmann::json::parse(good.out);
  CHECK(fine.at("ok") == true);
  CHECK(fine.at("rules").get<int>() > 0);
  CHECK(fine.at("errors").empty());
}
