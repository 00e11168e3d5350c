#include "app/session.h"

#include <chrono>

namespace qanat::app {

ConfigSources config_sources(const Session& session) {
  return {.file = session.config_file,
          .environment = session.environment,
          .settings = session.settings};
}

Result<LoadedConfig> load_config(const Session& session) {
  return load_config(config_sources(session));
}

Instant now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

}  // namespace qanat::app
