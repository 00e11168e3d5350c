#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>

#include "app/commands/commands.h"
#include "app/config_keys.h"
#include "app/config_value.h"
#include "app/exit_code.h"
#include "store/store.h"

namespace qanat::app {
namespace {

namespace fs = std::filesystem;

/// Where things go, and what the file shall say besides the defaults.
struct Plan {
  fs::path config;
  fs::path store;
  std::map<std::string, std::string, std::less<>> values;
  bool has_config = false;  ///< the configuration is there already, and only the database is not
  bool has_store = false;   ///< the other way round
};

/// `path` as a setting whose meaning does not hang on the folder of later calls.
std::string absolute_toml(const std::string& key,
                          fs::path Config::Store::* field,
                          const fs::path& path) {
  Config config;
  config.store.*field = fs::absolute(path).lexically_normal();
  return value_toml(*find_config_key(key), config);
}

Config with_absolute_paths(Config config) {
  for (fs::path* path : paths_of(config)) {
    if (!path->empty()) *path = fs::absolute(*path).lexically_normal();
  }
  return config;
}

/// The settings of the command line, for the file. Its paths are relative to the working directory
/// here, and would be relative to the file there.
std::map<std::string, std::string, std::less<>> given_values(const Session& session,
                                                             const Config& given) {
  const Config config = with_absolute_paths(given);
  std::map<std::string, std::string, std::less<>> values;
  for (const Setting& setting : session.settings) {
    values[setting.key] = value_toml(*find_config_key(setting.key), config);
  }
  return values;
}

Result<Plan> plan_anew(const Session& session, const std::string& folder) {
  const auto loaded = load_config(
      {.with_file = false, .file = {}, .environment = {}, .settings = session.settings});
  if (!loaded) return fail(loaded.error());
  Plan plan{.config = fs::path(folder) / "qanat.toml",
            .store = {},
            .values = given_values(session, loaded->config),
            .has_config = false,
            .has_store = false};
  if (!session.config_file.empty()) plan.config = session.config_file;
  const bool by_name = plan.values.erase("store.path") > 0;
  const fs::path base = !folder.empty() ? fs::path(folder) : plan.config.parent_path();
  plan.store = by_name ? loaded->config.store.path : base / "qanat.db";
  const fs::path usual = plan.config.parent_path() / "qanat.db";
  if (fs::absolute(plan.store).lexically_normal() != fs::absolute(usual).lexically_normal()) {
    plan.values["store.path"] = absolute_toml("store.path", &Config::Store::path, plan.store);
    plan.values.try_emplace(
        "store.archive",
        absolute_toml(
            "store.archive", &Config::Store::archive, plan.store.parent_path() / "archive"));
  }
  return plan;
}

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(fs::symlink_status(path, ignored));
}

std::unexpected<Error> refused(const fs::path& path, const std::string& why) {
  return fail(Errc::usage,
              path.string() + ": " + why +
                  "; nothing was changed. Name another place, or move it away first");
}

/// Whether a database of ours is there. Errors: usage, when something else is in its place: a log
/// without its database holds what was stored last, and SQLite would delete it.
Result<bool> find_store(const fs::path& path) {
  if (is_there(path)) {
    if (store::Store::open(path.string(), store::Access::read_only)) return true;
    return refused(path, "there is a file already");
  }
  const fs::path log = path.string() + "-wal";
  if (is_there(log)) return refused(log, "there is the log of a database that was here");
  return false;
}

/// The first setting of the command line that a configuration does not have; nothing when it has
/// all of them.
Result<std::optional<std::string>> missing_setting(const Session& session, const Config& config) {
  const auto given = load_config(
      {.with_file = false, .file = {}, .environment = {}, .settings = session.settings});
  if (!given) return fail(given.error());
  const Config wanted = with_absolute_paths(given->config);
  const Config has = with_absolute_paths(config);
  for (const Setting& setting : session.settings) {
    const ConfigKey& key = *find_config_key(setting.key);
    if (value_toml(key, wanted) != value_toml(key, has)) return setting.key;
  }
  return std::nullopt;
}

/// A configuration that is there is not changed, but the database that it names may be missing:
/// gives where.
Result<fs::path> find_missing_database(const Session& session, const fs::path& config) {
  const auto loaded =
      load_config({.with_file = true, .file = config.string(), .environment = {}, .settings = {}});
  if (!loaded) return fail(loaded.error());
  const auto missing = missing_setting(session, loaded->config);
  if (!missing) return fail(missing.error());
  if (*missing) {
    return refused(config, "there is a configuration already, with another `" + **missing + "`");
  }
  const fs::path& store = loaded->config.store.path;
  if (is_there(store)) {
    return refused(config, "there is a configuration already, and its database " + store.string());
  }
  return store;
}

constexpr const char* kRemedy =
    "; name a folder that you may write to, such as `qanat init my-collection`";

Result<void> make_folder_of(const fs::path& path) {
  std::error_code error;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), error);
  if (!error) return {};
  return fail(
      Errc::storage,
      path.parent_path().string() + ": the folder cannot be created: " + error.message() + kRemedy);
}

/// Never over a file that came into being since it was looked for.
Result<void> write_new_file(const fs::path& path, const std::string& text) {
  struct Close {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
  };
  const std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "wxe"));
  const bool written = file != nullptr &&
                       std::fwrite(text.data(), 1, text.size(), file.get()) == text.size() &&
                       std::fflush(file.get()) == 0;
  if (written) return {};
  return fail(
      Errc::storage,
      path.string() + ": cannot be written: " + std::generic_category().message(errno) + kRemedy);
}

Result<Plan> make_plan(const Session& session, const std::string& folder) {
  auto plan = plan_anew(session, folder);
  if (!plan) return plan;
  if (is_there(plan->config)) {
    const auto store = find_missing_database(session, plan->config);
    if (!store) return fail(store.error());
    plan->store = *store;
    plan->has_config = true;
  }
  const auto found = find_store(plan->store);
  if (!found) return fail(found.error());
  plan->has_store = *found;
  return plan;
}

Result<void> make_database(const fs::path& path) {
  const auto store = store::Store::create(path.string());
  if (store) return {};
  const bool by_disk = store.error().code == Errc::storage;
  return fail(store.error().code, store.error().message + (by_disk ? kRemedy : ""));
}

Result<void> carry_out(const Plan& plan) {
  for (const fs::path& path : {plan.config, plan.store}) {
    if (auto made = make_folder_of(path); !made) return made;
  }
  if (!plan.has_store) {
    if (auto made = make_database(plan.store); !made) return made;
  }
  if (plan.has_config) return {};
  return write_new_file(plan.config, config_template(plan.values));
}

Result<int> init(const Session& session, const std::string& folder) {
  const auto plan = make_plan(session, folder);
  if (!plan) return fail(plan.error());
  if (auto made = carry_out(*plan); !made) return fail(made.error());
  const auto mark = [](bool was_there) { return was_there ? " (as it was)\n" : "\n"; };
  session.err << "configuration  " << printable(plan->config.string()) << mark(plan->has_config)
              << "database       " << printable(plan->store.string()) << mark(plan->has_store)
              << "next           qanat "
              << (folder.empty() && session.config_file.empty()
                      ? std::string()
                      : "--config " + printable(plan->config.string()) + " ")
              << "channels add some_channel\n";
  return kExitFine;
}

}  // namespace

void add_init(CLI::App& parent, Session& session) {
  CLI::App* command =
      add_command(parent,
                  "init",
                  "Write a configuration and create a database, or what is missing of the two",
                  "qanat init my-collection\n"
                  "qanat init --config /etc/qanat/qanat.toml --store "
                  "/var/lib/qanat/qanat.db\n"
                  "qanat init my-collection --set crawl.rate=0.5");
  auto folder = std::make_shared<std::string>();
  command
      ->add_option("folder",
                   *folder,
                   "The folder for both, created if missing; by default the working directory")
      ->type_name("DIR");
  set_action(*command, session, [&session, folder] { return init(session, *folder); });
}

}  // namespace qanat::app
