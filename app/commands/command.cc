#include <utility>

#include "app/commands/commands.h"
#include "app/rule_packs.h"

namespace qanat::app {

CLI::App* add_command(CLI::App& parent,
                      const std::string& name,
                      const std::string& description,
                      const std::string& examples) {
  CLI::App* command = parent.add_subcommand(name, description);
  command->fallthrough();
  std::string indented(kExamples);
  for (const std::string& line : CLI::detail::split(examples, '\n')) {
    indented += "  " + line + "\n";
  }
  command->footer(indented);
  return command;
}

CLI::App* add_group(CLI::App& parent, const std::string& name, const std::string& description) {
  CLI::App* group = parent.add_subcommand(name, description);
  group->fallthrough();
  group->footer("");  // else its parent's
  group->require_subcommand(1);
  return group;
}

void set_action(CLI::App& command, Session& session, std::function<Result<int>()> action) {
  command.callback([&session, action = std::move(action)] { session.action = action; });
}

void add_corpus_argument(CLI::App& command, std::string& corpus) {
  command.add_option("corpus", corpus, "A labelled file, as `audit evaluate` takes it")
      ->type_name("FILE|-")
      ->required();
}

void accept_json(CLI::App& command) {
  command.add_flag("--json")->description("Has no effect: the output is JSON lines already");
}

void add_rules_option(CLI::App& command, Session& session) {
  command
      .add_option_function<std::string>(
          "--rules",
          [&session](const std::string& dir) {
            session.settings.push_back({.key = "rules.dir", .value = dir, .origin = "--rules"});
          },
          "Judge by the rule packs in this folder instead of the configured ones")
      ->type_name("DIR");
}

Result<classifier::Classifier> load_judge(const Session& session) {
  const auto loaded = load_config(session);
  if (!loaded) return fail(loaded.error());
  return load_classifier(loaded->config.rules.dir);
}

}  // namespace qanat::app
