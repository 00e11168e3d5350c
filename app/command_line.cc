#include "app/command_line.h"

#include <array>
#include <vector>

#include "app/commands/commands.h"
#include "app/did_you_mean.h"
#include "app/version.h"

namespace qanat::app {
namespace {

/// An argument without a name of its own, as the help calls it: "CHANNEL".
std::string argument_name(const CLI::Option& argument) {
  const std::string type = argument.get_type_name();
  return type == "TEXT" ? argument.get_name(true) : type;
}

/// Examples come first: most people look for the line to copy.
class ExamplesFirst : public CLI::Formatter {
 public:
  std::string make_option_usage(const CLI::Option* argument) const override {
    std::string name = argument_name(*argument);
    if (argument->get_expected_max() > 1) name += "...";
    return argument->get_required() ? name : "[" + name + "]";
  }

  std::string make_help(const CLI::App* app,
                        std::string name,
                        CLI::AppFormatMode mode) const override {
    if (mode == CLI::AppFormatMode::Sub) return make_expanded(app);
    std::string out = make_description(app);
    const std::string examples = examples_of(*app);
    if (!examples.empty()) out += "\n" + examples;
    if (!out.ends_with('\n')) out += '\n';
    out += "\n" + make_usage(app, std::move(name));
    out += make_positionals(app);
    out += make_groups(app, mode);
    out += make_subcommands(app, mode);
    return out;
  }

 private:
  /// A group shows those of its commands.
  static std::string examples_of(const CLI::App& app) {
    if (!app.get_footer().empty()) return app.get_footer();
    std::string out(kExamples);
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
      out += command->get_footer().substr(kExamples.size());
    }
    return out;
  }
};

/// A flag that stands for a setting.
struct SettingFlag {
  const char* flag;
  const char* key;
  const char* type;
  const char* doc;
};

constexpr std::array<SettingFlag, 3> kSettingFlags = {
    {{.flag = "--store", .key = "store.path", .type = "FILE", .doc = "The database (store.path)"},
     {.flag = "--log-level",
      .key = "log.level",
      .type = "LEVEL",
      .doc = "debug, info, warn, error or off (log.level)"},
     {.flag = "--log-format",
      .key = "log.format",
      .type = "FORMAT",
      .doc = "auto, text or json (log.format)"}}};

void add_global_options(CLI::App& app, Session& session) {
  app.add_option("--config", session.config_file, "The configuration file")->type_name("FILE");
  app.add_option_function<std::vector<std::string>>(
         "--set",
         [&session](const std::vector<std::string>& texts) {
           for (const std::string& text : texts) {
             const std::size_t equals = text.find('=');
             if (equals == std::string::npos) {
               throw CLI::ValidationError("--set", "`" + text + "` is not KEY=VALUE");
             }
             session.settings.push_back({.key = text.substr(0, equals),
                                         .value = text.substr(equals + 1),
                                         .origin = "--set"});
           }
         },
         "Override a setting of the configuration; repeatable")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  for (const SettingFlag& flag : kSettingFlags) {
    app.add_option_function<std::string>(
           flag.flag,
           [&session, &flag](const std::string& value) {
             session.settings.push_back({.key = flag.key, .value = value, .origin = flag.flag});
           },
           flag.doc)
        ->type_name(flag.type);
  }
}

/// The subcommand that was reached before the error.
const CLI::App* deepest(const CLI::App* app) {
  while (true) {
    const auto inner = app->get_subcommands();
    if (inner.empty()) return app;
    app = inner.front();
  }
}

std::string full_name(const CLI::App* app) {
  std::string name = app->get_name();
  for (app = app->get_parent(); app != nullptr; app = app->get_parent()) {
    name.insert(0, app->get_name() + " ");
  }
  return name;
}

std::vector<std::string> option_names(const CLI::App* app) {
  std::vector<std::string> names;
  for (; app != nullptr; app = app->get_parent()) {
    for (const CLI::Option* option : app->get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
  }
  return names;
}

std::vector<std::string> command_names(const CLI::App* app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app->get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(command->get_name());
  }
  return names;
}

/// The first argument that is missing; nothing when none is.
const CLI::Option* missing_argument(const CLI::App& command) {
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_positional() && option->get_required() && option->empty()) return option;
  }
  return nullptr;
}

std::string suggestion(const std::string& word, const std::vector<std::string>& names) {
  return did_you_mean(word, {names.begin(), names.end()});
}

}  // namespace

std::unique_ptr<CLI::App> make_command_line(Session& session) {
  auto app = std::make_unique<CLI::App>(
      "qanat collects questions and answers from public Telegram channels, without the ads.",
      "qanat");
  app->formatter(std::make_shared<ExamplesFirst>());
  app->footer(std::string(kExamples) +
              "  qanat init my-collection && cd my-collection\n"
              "  qanat channels add some_channel\n"
              "  qanat crawl\n"
              "  qanat posts --outcome stripped\n"
              "  qanat explain some_channel/1020\n"
              "  qanat export jsonl -o dataset.jsonl\n");
  app->set_version_flag("--version", "qanat " + std::string(kVersion), "Same as `qanat version`");
  app->require_subcommand(1);
  add_global_options(*app, session);
  add_init(*app, session);
  add_channels(*app, session);
  add_crawl(*app, session);
  add_run(*app, session);
  add_runs(*app, session);
  add_parse(*app, session);
  add_classify(*app, session);
  add_posts(*app, session);
  add_search(*app, session);
  add_show(*app, session);
  add_explain(*app, session);
  add_redact(*app, session);
  add_reclassify(*app, session);
  add_export(*app, session);
  add_archive(*app, session);
  add_import(*app, session);
  add_rules(*app, session);
  add_audit(*app, session);
  add_config(*app, session);
  add_version(*app, session);
  return app;
}

bool is_unknown_command(const CLI::App& app) {
  const CLI::App* command = deepest(&app);
  const auto stray = app.remaining(true);
  return !stray.empty() && !stray.front().starts_with('-') && !command_names(command).empty();
}

std::string usage_message(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App* command = deepest(&app);
  const std::string help = "; see `" + full_name(command) + " --help`";
  const auto rest = command->remaining(true);
  const auto stray = rest.empty() ? app.remaining(true) : rest;
  const std::vector<std::string> commands = command_names(command);
  if (!stray.empty() && stray.front().starts_with('-')) {
    const std::string name = stray.front().substr(0, stray.front().find('='));
    return "unknown option " + name + suggestion(name, option_names(command)) + help;
  }
  if (!stray.empty() && !commands.empty()) {
    return "unknown command `" + stray.front() + "`" + suggestion(stray.front(), commands) + help;
  }
  if (!stray.empty()) return "unexpected argument `" + stray.front() + "`" + help;
  if (!commands.empty() && error.get_name() == "RequiredError") {
    std::string list;
    for (const std::string& name : commands) list += (list.empty() ? "" : ", ") + name;
    return "name a command: " + list + help;
  }
  if (const CLI::Option* argument = missing_argument(*command);
      argument != nullptr && error.get_name() == "RequiredError") {
    return argument_name(*argument) + " is missing" + help;
  }
  return std::string(error.what()) + help;
}

}  // namespace qanat::app
