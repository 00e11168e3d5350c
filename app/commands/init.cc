#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
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
};

/// `path` as a setting whose meaning does not hang on the folder of later calls.
std::string absolute_toml(const std::string& key,
                          fs::path Config::Store::* field,
                          const fs::path& path) {
  Config config;
  config.store.*field = fs::absolute(path).lexically_normal();
  return value_toml(*find_config_key(key), config);
}

/// The settings of the command line, for the file. Its paths are relative to the working directory
/// here, and would be relative to the file there.
std::map<std::string, std::string, std::less<>> given_values(const Session& session,
                                                             Config config) {
  config.rules.dir = config.rules.dir.empty() ? "" : fs::absolute(config.rules.dir);
  config.store.archive = fs::absolute(config.store.archive);
  std::map<std::string, std::string, std::less<>> values;
  for (const Setting& setting : session.settings) {
    values[setting.key] = value_toml(*find_config_key(setting.key), config);
  }
  return values;
}

Result<Plan> make_plan(const Session& session, const std::string& folder) {
  const auto loaded = load_config(
      {.with_file = false, .file = {}, .environment = {}, .settings = session.settings});
  if (!loaded) return fail(loaded.error());
  Plan plan{.config = fs::path(folder) / "qanat.toml",
            .store = {},
            .values = given_values(session, loaded->config)};
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

Result<void> refuse_existing(const fs::path& path, const std::string& what) {
  std::error_code ignored;
  if (!fs::exists(fs::symlink_status(path, ignored))) return {};
  return fail(Errc::usage,
              path.string() + ": there is a " + what +
                  " already; nothing was changed. Name another place, or move it away first");
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

Result<int> init(const Session& session, const std::string& folder) {
  const auto plan = make_plan(session, folder);
  if (!plan) return fail(plan.error());
  if (auto free = refuse_existing(plan->config, "configuration"); !free) return fail(free.error());
  if (auto free = refuse_existing(plan->store, "file"); !free) return fail(free.error());
  for (const fs::path& path : {plan->config, plan->store}) {
    if (auto made = make_folder_of(path); !made) return fail(made.error());
  }
  const auto store = store::Store::create(plan->store.string());
  if (!store) {
    const bool by_disk = store.error().code == Errc::storage;
    return fail(store.error().code, store.error().message + (by_disk ? kRemedy : ""));
  }
  if (auto written = write_new_file(plan->config, config_template(plan->values)); !written) {
    return fail(written.error());
  }
  session.err << "configuration  " << printable(plan->config.string()) << '\n'
              << "database       " << printable(plan->store.string()) << '\n'
              << "next           qanat "
              << (folder.empty() && session.config_file.empty()
                      ? std::string()
                      : "--config " + printable(plan->config.string()) + " ")
              << "channels add some_channel\n";
  return kExitFine;
}

}  // namespace

void add_init(CLI::App& parent, Session& session) {
  CLI::App* command = add_command(parent,
                                  "init",
                                  "Write a configuration and create a database",
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
  command->callback([&session, folder] {
    session.action = [&session, folder] { return init(session, *folder); };
  });
}

}  // namespace qanat::app
