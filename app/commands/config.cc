#include <memory>

#include <nlohmann/json.hpp>

#include "app/commands/commands.h"
#include "app/config_keys.h"
#include "app/exit_code.h"
#include "app/rule_packs.h"
#include "app/text_table.h"

namespace qanat::app {
namespace {

Result<int> check(const Session& session) {
  const auto loaded = load_config(session);
  if (!loaded) return fail(loaded.error());
  const auto judge = load_classifier(loaded->config.rules.dir);
  if (!judge) return fail(judge.error());
  session.err << (loaded->file.empty() ? "no configuration file: the defaults"
                                       : printable(loaded->file))
              << ": fine; " << judge->rules().rules().size() << " rules from "
              << (loaded->config.rules.dir.empty() ? "the program"
                                                   : printable(loaded->config.rules.dir.string()))
              << '\n';
  return kExitFine;
}

nlohmann::ordered_json settings_json(const LoadedConfig& loaded) {
  auto settings = nlohmann::ordered_json::array();
  for (const ConfigKey& key : config_keys()) {
    settings.push_back({{"key", key.name},
                        {"value", value_json(key, loaded.config)},
                        {"origin", loaded.origins.find(key.name)->second}});
  }
  nlohmann::ordered_json file = nullptr;
  if (!loaded.file.empty()) file = loaded.file;
  return {{"schema", "qanat.config/1"}, {"file", file}, {"settings", settings}};
}

Result<int> show(const Session& session, bool json) {
  const auto loaded = load_config(session);
  if (!loaded) return fail(loaded.error());
  if (json) {
    session.out << settings_json(*loaded).dump(
                       -1, ' ', false, nlohmann::json::error_handler_t::replace)
                << '\n';
    return kExitFine;
  }
  TextTable table({{.title = "key"}, {.title = "value"}, {.title = "origin"}});
  for (const ConfigKey& key : config_keys()) {
    table.add({std::string(key.name),
               value_toml(key, loaded->config),
               loaded->origins.find(key.name)->second});
  }
  table.print(session.out, session.out_terminal);
  return kExitFine;
}

}  // namespace

void add_config(CLI::App& parent, Session& session) {
  CLI::App* group = add_group(parent, "config", "The configuration in force");
  CLI::App* checking = add_command(*group,
                                   "check",
                                   "Read the configuration and its rules; every error at once",
                                   "qanat config check\nqanat --config new.toml config check");
  checking->callback([&session] { session.action = [&session] { return check(session); }; });

  CLI::App* showing = add_command(*group,
                                  "show",
                                  "Every setting, its value, and where that comes from",
                                  "qanat config show\nqanat config show --json");
  auto json = std::make_shared<bool>(false);
  showing->add_flag("--json", *json, "As one JSON object (docs/schema/config.schema.json)");
  showing->callback(
      [&session, json] { session.action = [&session, json] { return show(session, *json); }; });
}

}  // namespace qanat::app
