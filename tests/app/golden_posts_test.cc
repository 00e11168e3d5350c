#include "app/golden_posts.h"

#include <filesystem>

#include "app/rule_packs.h"
#include "program.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::app;

namespace {

constexpr const char* kHead = "id = \"test\"\nversion = \"1.0.0\"\nschema = 1\n";

constexpr const char* kRules = R"(
[[rule]]
id       = "disc.label"
title    = "the words themselves"
why      = "an advertisement has to be marked"
label    = "ad"
kind     = "disclosure"
literals = ["на правах рекламы"]
weight   = { init = 6000, min = 0, max = 9000 }
match    = ['На правах рекламы']
no_match = ['Как отличить рекламу от статьи?']

[[rule]]
id       = "sig.name"
title    = "the channel's name"
why      = "it stands below every post"
label    = "signature"
literals = ["библиотека примеров"]
weight   = { init = 3000, min = 0, max = 9000 }
match    = ['Библиотека примеров']
no_match = ['Библиотека']
)";

constexpr const char* kAnswer =
    R"({"id":"answer","text":"Почему небо голубое? Свет рассеян.\n\nБиблиотека примеров",)"
    R"("label":"other","outcome":"stripped","spans":[{"start":36,"end":55,"kind":"signature"}])";

/// A folder with two rules.
void write_rules(test::Program& program) {
  program.write("rules/pack.toml", kHead);
  program.write("rules/10-rules.toml", kRules);
}

/// The same, and these golden posts.
GoldenReport judged(test::Program& program, const std::string& lines) {
  write_rules(program);
  program.write("rules/golden/posts.jsonl", lines);
  const auto judge = load_classifier(program.path("rules"));
  REQUIRE(judge);
  const auto report = judge_golden_posts(program.path("rules"), *judge);
  REQUIRE(report);
  return *report;
}

}  // namespace

TEST_CASE("a golden post passes when label, outcome and removed characters are as it says") {
  test::Program program;

  const GoldenReport report = judged(
      program,
      std::string(kAnswer) + "}\n" +
          R"({"id":"ad","text":"На правах рекламы: курс","label":"ad","outcome":"ad_only"})");

  CHECK(report.posts == 2);
  CHECK(report.failures.empty());
}

TEST_CASE("a golden post that is judged otherwise is named with what differs") {
  test::Program program;

  const GoldenReport report = judged(
      program,
      R"({"id":"label","text":"На правах рекламы: курс","label":"qa"})"
      "\n"
      R"({"id":"outcome","text":"Небо голубое","label":"other","outcome":"review"})"
      "\n"
      R"({"id":"spans","text":"Небо голубое\n\nБиблиотека примеров","label":"other","spans":[]})");

  REQUIRE(report.failures.size() == 3);
  CHECK(report.failures[0].file == "golden/posts.jsonl");
  CHECK(report.failures[0].id == "label");
  CHECK(report.failures[0].problem == "label is ad, not qa");
  CHECK(report.failures[1].problem == "outcome is clean, not review");
  CHECK(report.failures[2].problem == "removes other characters as signature than its spans say");
}

TEST_CASE("a known miss passes only while it misses") {
  test::Program program;

  const GoldenReport report =
      judged(program,
             std::string(kAnswer) + ",\"known_miss\":true}\n" +
                 R"({"id":"miss","text":"Небо голубое","label":"ad","known_miss":true})");

  CHECK(report.known_misses == 2);
  REQUIRE(report.failures.size() == 1);
  CHECK(report.failures[0].id == "answer");
}

TEST_CASE("a golden file that cannot be read is an error with file and line") {
  test::Program program;
  write_rules(program);
  program.write("rules/golden/posts.jsonl", "{\"id\":\"1\",\"text\":\"x\",\"label\":\"spam\"}\n");
  const auto judge = load_classifier(program.path("rules"));
  REQUIRE(judge);

  const auto report = judge_golden_posts(program.path("rules"), *judge);

  REQUIRE_FALSE(report);
  CHECK(report.error().code == Errc::usage);
  CHECK(report.error().message.find("golden/posts.jsonl:1") != std::string::npos);
}

TEST_CASE("a golden post with a misspelt key or an unknown name is an error") {
  test::Program program;
  write_rules(program);
  const auto judge = load_classifier(program.path("rules"));
  REQUIRE(judge);
  const auto error_of = [&](const std::string& more) {
    program.write("rules/golden/posts.jsonl",
                  R"({"id":"1","text":"Небо","label":"other","note":"any")" + more + "}\n");
    const auto report = judge_golden_posts(program.path("rules"), *judge);
    return report ? std::string() : report.error().message;
  };

  CHECK(error_of("").empty());
  CHECK(error_of(R"(,"outcom":"clean")")
            .ends_with("`outcom` is no key that is read; did you mean `outcome`?"));
  CHECK(error_of(R"(,"outcome":"gone")")
            .ends_with("`outcome` is not one of clean, stripped, ad_only, review"));
}

TEST_CASE("golden posts that share an id are an error: a failure could not be told by it") {
  test::Program program;
  write_rules(program);
  const std::string post = "{\"id\":\"1\",\"text\":\"x\",\"label\":\"other\"}\n";
  program.write("rules/golden/one.jsonl", post);
  program.write("rules/golden/two.jsonl", post);
  const auto judge = load_classifier(program.path("rules"));
  REQUIRE(judge);

  const auto report = judge_golden_posts(program.path("rules"), *judge);

  REQUIRE_FALSE(report);
  CHECK(report.error().message.find("golden/two.jsonl:1: there is already a golden post \"1\"") !=
        std::string::npos);
}

TEST_CASE("the shipped rules judge the golden posts as these say") {
  const std::filesystem::path rules = QANAT_SOURCE_FOLDER "/rules";
  const auto judge = load_classifier(rules);
  REQUIRE(judge);

  const auto report = judge_golden_posts(rules, *judge);

  REQUIRE(report);
  CHECK(report->posts >= 100);
  for (const GoldenFailure& failure : report->failures) {
    FAIL_CHECK(failure.file << ": " << failure.id << ": " << failure.problem);
  }
}

TEST_CASE("rules test counts the golden posts of the folder, and fails with them") {
  test::Program program;
  write_rules(program);
  program.write("rules/golden/posts.jsonl",
                R"({"id":"1","text":"На правах рекламы","label":"qa"})");

  const test::Answer answer = program.run({"rules", "test", program.path("rules")});

  CHECK(answer.code == 78);
  CHECK(answer.out == "golden/posts.jsonl: 1: label is ad, not qa\n");
  CHECK(answer.err == "2 rules, 4 examples, 1 golden post (0 known to be missed), 1 failed\n");
}
