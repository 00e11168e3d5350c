#include <algorithm>
#include <memory>

#include <nlohmann/json.hpp>

#include "app/commands/commands.h"
#include "app/config_keys.h"
#include "app/config_value.h"
#include "app/exit_code.h"
#include "app/rule_packs.h"
#include "app/text_table.h"
#include "app/units.h"
#include "classifier/rule_kinds.h"

namespace qanat::app {
namespace {

std::string dumped(const nlohmann::ordered_json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

/// What is in force when all of it loads.
struct Checked {
  LoadedConfig loaded;
  std::size_t rules = 0;
};

Result<Checked> load_all(const Session& session) {
  auto loaded = load_config(session);
  if (!loaded) return fail(loaded.error());
  if (auto trusted = check_ca_file(loaded->config); !trusted) return fail(trusted.error());
  const auto judge = load_classifier(loaded->config.rules.dir);
  if (!judge) return fail(judge.error());
  const auto of_a_file = [](const classifier::RuleInfo& rule) {
    return rule.kind != classifier::kVocabularyKind;  // made up where a pack has vocabularies
  };
  const auto rules = std::ranges::count_if(judge->rules().rules(), of_a_file);
  return Checked{.loaded = *std::move(loaded), .rules = static_cast<std::size_t>(rules)};
}

nlohmann::ordered_json file_json(const std::string& file) {
  if (file.empty()) return nullptr;
  return file;
}

nlohmann::ordered_json check_json(const Session& session, const Result<Checked>& checked) {
  auto errors = nlohmann::ordered_json::array();
  if (!checked) {
    for (const std::string& line : CLI::detail::split(checked.error().message, '\n')) {
      errors.push_back(line);
    }
  }
  return {{"schema", "qanat.config_check/1"},
          {"file", file_json(config_file_of(config_sources(session)))},
          {"ok", checked.has_value()},
          {"rules", checked ? nlohmann::ordered_json(checked->rules) : nullptr},
          {"errors", std::move(errors)}};
}

Result<int> check(const Session& session, bool json) {
  const auto checked = load_all(session);
  if (json) session.out << dumped(check_json(session, checked));
  if (!checked) return fail(checked.error());
  const LoadedConfig& loaded = checked->loaded;
  session.err << (loaded.file.empty() ? "no configuration file: the defaults"
                                      : printable(loaded.file))
              << ": fine; " << counted(checked->rules, "rule") << " from "
              << (loaded.config.rules.dir.empty() ? "the program"
                                                  : printable(loaded.config.rules.dir.string()))
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
  return {{"schema", "qanat.config/1"},
          {"file", file_json(loaded.file)},
          {"settings", std::move(settings)}};
}

Result<int> show(const Session& session, bool json) {
  const auto loaded = load_config(session);
  if (!loaded) return fail(loaded.error());
  if (json) {
    session.out << dumped(settings_json(*loaded));
    return kExitFine;
  }
  TextTable table({{.title = "key"}, {.title = "value"}, {.title = "origin"}});
  for (const ConfigKey& key : config_keys()) {
    table.add({std::string(key.name),
               value_shown(key, loaded->config),
               loaded->origins.find(key.name)->second});
  }
  table.print(session.out, session.out_terminal);
  return kExitFine;
}

}  // namespace

void add_config(CLI::App& parent, Session& session) {
  CLI::App* group = add_group(parent, "config", "Check or show the configuration");
  CLI::App* checking =
      add_command(*group,
                  "check",
                  "Check the configuration and its rules; report every error at once",
                  "qanat config check\n"
                  "qanat --config new.toml config check --json");
  auto checked_json = std::make_shared<bool>(false);
  checking->add_flag(
      "--json", *checked_json, "As one JSON object (docs/schema/config_check.schema.json)");
  set_action(*checking, session, [&session, json = checked_json] { return check(session, *json); });

  CLI::App* showing = add_command(*group,
                                  "show",
                                  "Show every setting, its value, and where the value comes from",
                                  "qanat config show\nqanat config show --json");
  auto json = std::make_shared<bool>(false);
  showing->add_flag("--json", *json, "As one JSON object (docs/schema/config.schema.json)");
  set_action(*showing, session, [&session, json] { return show(session, *json); });
}

}  // namespace qanat::app
