#include <algorithm>
#include <memory>

#include <nlohmann/json.hpp>

#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/golden_posts.h"
#include "app/rule_packs.h"
#include "app/units.h"
#include "classifier/rule_set.h"
#include "record/json.h"

namespace qanat::app {
namespace {

using record::Json;

struct RulesOptions {
  std::string dir;
  bool json = false;
};

/// The folder that was named, else the configured one; empty: the packs inside the program.
Result<std::string> rules_folder(const Session& session, const RulesOptions& options) {
  if (!options.dir.empty()) return options.dir;
  const auto loaded = load_config(session);
  if (!loaded) return fail(loaded.error());
  return loaded->config.rules.dir.string();
}

Json findings_json(const std::vector<classifier::LintFinding>& findings) {
  Json out = Json::array();
  for (const auto& finding : findings) {
    out.push_back({{"severity", finding.fatal ? "error" : "warning"},
                   {"where", finding.where},
                   {"rule", finding.rule},
                   {"problem", finding.problem},
                   {"remedy", finding.remedy}});
  }
  return {{"schema", "qanat.rule_findings/1"}, {"findings", std::move(out)}};
}

void print_finding(const Session& session, const classifier::LintFinding& finding) {
  session.out << printable(finding.where) << ": "
              << styled(session.out_terminal,
                        finding.fatal ? Style::red : Style::yellow,
                        finding.fatal ? "error" : "warning")
              << ": " << (finding.rule.empty() ? "" : printable(finding.rule) + ": ")
              << printable(finding.problem)
              << (finding.remedy.empty() ? "" : "; " + printable(finding.remedy)) << '\n';
}

/// A slip in a file's name is seen nowhere else: its rules are just not there.
Result<void> add_unread_files(std::vector<classifier::LintFinding>& findings,
                              const std::string& dir) {
  if (dir.empty()) return {};
  const auto unread = unread_files(dir);
  if (!unread) return fail(unread.error());
  for (const std::string& file : *unread) {
    findings.push_back({.fatal = false,
                        .where = file + ":1:1",
                        .rule = {},
                        .problem = "no command reads this file",
                        .remedy = "rules end in .toml, golden posts are in golden/ and end in "
                                  ".jsonl; rename or remove it"});
  }
  return {};
}

Result<int> lint(const Session& session, const RulesOptions& options) {
  const auto dir = rules_folder(session, options);
  if (!dir) return fail(dir.error());
  const auto files = read_rule_packs(*dir);
  if (!files) return fail(files.error());
  auto findings = classifier::RuleSet::lint(*files);
  if (auto added = add_unread_files(findings, *dir); !added) return fail(added.error());
  const auto fatal = std::ranges::count_if(findings, &classifier::LintFinding::fatal);
  if (options.json) {
    session.out << record::dump_line(findings_json(findings)) << '\n';
  } else {
    for (const auto& finding : findings) print_finding(session, finding);
  }
  session.err << counted(std::ssize(*files), "file") << ", " << counted(fatal, "error") << ", "
              << counted(std::ssize(findings) - fatal, "warning") << '\n';
  return fatal > 0 ? kExitConfig : kExitFine;
}

/// The golden posts of the folder that was named or configured; the program's own packs come
/// without any.
Result<GoldenReport> judge_golden(const std::string& dir) {
  if (dir.empty()) return GoldenReport{};
  const auto judge = load_classifier(dir);
  if (!judge) return fail(judge.error());
  return judge_golden_posts(dir, *judge);
}

Json golden_json(const GoldenReport& report) {
  Json failures = Json::array();
  for (const auto& failure : report.failures) {
    failures.push_back({{"file", failure.file}, {"id", failure.id}, {"problem", failure.problem}});
  }
  return {{"posts", report.posts},
          {"known_misses", report.known_misses},
          {"failures", std::move(failures)}};
}

Json examples_json(const classifier::ExampleReport& report, const GoldenReport& golden) {
  Json failures = Json::array();
  for (const auto& failure : report.failures) {
    failures.push_back({{"rule", failure.rule},
                        {"where", failure.where},
                        {"promise", failure.promise},
                        {"text", failure.text},
                        {"reason", failure.reason}});
  }
  return {{"schema", "qanat.rule_examples/1"},
          {"rules", report.rules},
          {"examples", report.examples},
          {"failures", std::move(failures)},
          {"golden", golden_json(golden)}};
}

void print_failures(const Session& session,
                    const classifier::ExampleReport& report,
                    const GoldenReport& golden) {
  for (const auto& failure : report.failures) {
    session.out << printable(failure.where) << ": " << printable(failure.rule) << " "
                << classifier::what_failed(failure) << ": «" << one_line(failure.text) << "»"
                << (failure.reason.empty() ? "" : " (" + one_line(failure.reason) + ")") << '\n';
  }
  for (const auto& failure : golden.failures) {
    session.out << printable(failure.file) << ": " << printable(failure.id) << ": "
                << failure.problem << '\n';
  }
}

Result<int> test(const Session& session, const RulesOptions& options) {
  const auto dir = rules_folder(session, options);
  if (!dir) return fail(dir.error());
  const auto files = read_rule_packs(*dir);
  if (!files) return fail(files.error());
  const auto report = classifier::run_examples(*files);
  if (!report) return fail(report.error());
  // A pack that fails its own examples does not load, so its posts cannot be judged.
  const auto golden = report->failures.empty() ? judge_golden(*dir) : GoldenReport{};
  if (!golden) return fail(golden.error());
  if (options.json) {
    session.out << record::dump_line(examples_json(*report, *golden)) << '\n';
  } else {
    print_failures(session, *report, *golden);
  }
  const std::size_t failed = report->failures.size() + golden->failures.size();
  session.err << counted(report->rules, "rule") << ", " << counted(report->examples, "example");
  if (golden->posts > 0) {
    session.err << ", " << counted(golden->posts, "golden post") << " (" << golden->known_misses
                << " known to be missed)";
  }
  session.err << ", " << failed << " failed\n";
  return failed == 0 ? kExitFine : kExitConfig;
}

struct RulesCommand {
  std::string name;
  std::string description;
  std::string schema;
  Result<int> (*act)(const Session&, const RulesOptions&);
};

void add_rules_command(CLI::App& group, Session& session, const RulesCommand& about) {
  const std::string call = "qanat rules " + about.name;
  CLI::App* command =
      add_command(group, about.name, about.description, call + "\n" + call + " my-rules --json");
  auto options = std::make_shared<RulesOptions>();
  command->add_option("dir", options->dir, "A folder of rule packs; by default the configured one")
      ->type_name("DIR");
  command->add_flag(
      "--json", options->json, "As one JSON object (docs/schema/" + about.schema + ")");
  set_action(
      *command, session, [&session, options, act = about.act] { return act(session, *options); });
}

}  // namespace

void add_rules(CLI::App& parent, Session& session) {
  CLI::App* group = add_group(parent, "rules", "Check, compare, measure and learn the ad rules");
  add_rules_command(
      *group,
      session,
      {.name = "lint",
       .description = "Report everything wrong or doubtful in the packs, and how to fix it",
       .schema = "rule_findings.schema.json",
       .act = lint});
  add_rules_command(
      *group,
      session,
      {.name = "test",
       .description = "Run every rule on its own examples, and all rules on the golden posts",
       .schema = "rule_examples.schema.json",
       .act = test});
  add_rules_diff(*group, session);
  add_rules_stats(*group, session);
  add_rules_learn(*group, session);
  add_rules_vocabulary(*group, session);
}

}  // namespace qanat::app
