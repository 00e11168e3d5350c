#include <algorithm>
#include <fstream>

#include <nlohmann/json.hpp>

#include "elephant_corpus.h"
#include "program.h"
#include "support/catch.h"
#include "support/files.h"

using qanat::test::Answer;
using qanat::test::Program;
using qanat::test::write_elephant_corpus;

namespace {

nlohmann::json rule_of(const nlohmann::json& stats, const std::string& id) {
  for (const auto& rule : stats.at("rules")) {
    if (rule.at("rule") == id) return rule;
  }
  return {};
}

}  // namespace

TEST_CASE("rules stats tells what each rule does, as a table, CSV and JSON") {
  Program program;
  const std::string corpus = write_elephant_corpus(program);

  const Answer text = program.configured({"rules", "stats", corpus});
  const Answer csv = program.configured({"rules", "stats", corpus, "--csv"});
  const Answer json =
      program.configured({"rules", "stats", corpus, "--json", "--min-channels", "2"});

  INFO(json.err);
  REQUIRE(json.code == 0);
  const auto stats = nlohmann::json::parse(json.out);
  CHECK(rule_of(stats, "ad.elephant").at("channels") == 4);
  CHECK(rule_of(stats, "ad.elephant").at("right") == 12);
  CHECK(rule_of(stats, "ad.horse").at("decisive") == 1);
  CHECK(rule_of(stats, "ad.horse").at("flags") == "channel-bound");
  CHECK(rule_of(stats, "ad.unicorn").at("flags") == "dead");
  CHECK(stats.at("figures").at("labels").at(1).at("recall").at("hits") == 1);
  CHECK(stats.at("figures_widespread").at("labels").at(1).at("recall").at("hits") == 0);
  CHECK(text.out.find("ad.elephant") != std::string::npos);
  CHECK(text.out.find("25 posts, all rules: ad precision 1.00") != std::string::npos);
  CHECK(csv.out.starts_with("rule,label,status,"));
  CHECK(std::ranges::count(csv.out, '\n') == 4);
}

TEST_CASE("what stats, learn and vocabulary read from doubtful labels is told of") {
  Program program;
  const std::string corpus = write_elephant_corpus(program);
  std::ofstream(corpus, std::ios::app)
      << R"({"id":"z","text":"слон","label":"other","langg":"ru"})" << '\n';
  const std::string out = program.path("out.toml");

  for (const auto& command : {std::vector<std::string>{"rules", "stats", corpus},
                              {"rules", "learn", corpus, "--out", out},
                              {"rules", "vocabulary", corpus, "--language", "en", "--out", out}}) {
    CAPTURE(command[1]);
    const Answer answer = program.configured(command);
    CHECK(answer.err.find("doubtful label: " + corpus + ":26: `langg` is no key that is read") !=
          std::string::npos);
  }
}

TEST_CASE("rules stats sorts by any column, and refuses one that is none") {
  Program program;
  const std::string corpus = write_elephant_corpus(program);

  const Answer sorted =
      program.configured({"rules", "stats", corpus, "--csv", "--sort", "decisive"});
  const Answer unknown = program.configured({"rules", "stats", corpus, "--sort", "beauty"});

  CHECK(sorted.out.find("ad.horse") < sorted.out.find("ad.elephant"));
  CHECK(sorted.out.find("ad.elephant") < sorted.out.find("ad.unicorn"));  // equal: as in the pack
  CHECK(unknown.code == 2);
}

TEST_CASE("a weights file with an unknown rule or a weight out of bounds does not load") {
  Program program;
  write_elephant_corpus(program);

  program.write("packs/weights.toml", "[weights]\nad.whale = 100\nad.horse = 9001\n");
  const Answer answer = program.configured({"rules", "lint"});

  CHECK(answer.code == 78);
  CHECK(answer.out.find("weights.toml:2:12: error: a weight for an unknown rule \"ad.whale\"") !=
        std::string::npos);
  CHECK(answer.out.find("weights.toml:3:12: error: ad.horse: a weight of 9001 is outside") !=
        std::string::npos);
}
