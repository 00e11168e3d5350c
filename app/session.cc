#include "app/session.h"

#include <chrono>

namespace qanat::app {

Result<LoadedConfig> load_config(const Session& session) {
  return load_config({.file = session.config_file,
                      .environment = session.environment,
                      .settings = session.settings});
}

Instant now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

}  // namespace qanat::app
