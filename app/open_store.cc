#include "app/open_store.h"

#include <filesystem>
#include <string>
#include <system_error>

namespace qanat::app {
namespace {

/// `qanat init` beside a configuration that has lost its database makes that one, and no other.
std::string way_to_database(const LoadedConfig& loaded) {
  const std::string& origin = loaded.origins.at("store.path");
  const bool is_usual = origin == "default" || origin.starts_with("file ");
  if (!is_usual && !loaded.file.empty()) return "named by " + origin + ": check the path";
  if (!loaded.file.empty()) {
    return "bring it back, or create an empty one with `qanat init --config " + loaded.file + "`";
  }
  const std::string place = is_usual ? "" : " --store " + loaded.config.store.path.string();
  return "create a database with `qanat init" + place + "`" +
         (loaded.unseen.empty() ? ""
                                : "; or is " + loaded.unseen +
                                      " its configuration, which this user may not see? Then run"
                                      " qanat as root with sudo");
}

}  // namespace

Result<void> find_database(const LoadedConfig& loaded) {
  std::error_code error;
  const std::filesystem::path& path = loaded.config.store.path;
  if (std::filesystem::status(path, error).type() != std::filesystem::file_type::not_found)
    return {};
  return fail(Errc::usage, path.string() + ": no such file; " + way_to_database(loaded));
}

Result<store::Store> open_store(const Session& session, store::Access access) {
  const auto loaded = load_config(session);
  if (!loaded) return fail(loaded.error());
  if (auto found = find_database(*loaded); !found) return fail(found.error());
  return store::Store::open(loaded->config.store.path.string(), access);
}

}  // namespace qanat::app
