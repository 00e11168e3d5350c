#pragma once

#include <functional>
#include <istream>
#include <ostream>
#include <string>
#include <vector>

#include "app/config.h"
#include "app/environment.h"
#include "app/terminal.h"
#include "base/error.h"
#include "base/instant.h"

namespace qanat::app {

/// What one call of the program works with. main() fits the process's own; tests bring theirs.
struct Session {
  std::istream& in;
  std::ostream& out;  ///< data
  std::ostream& err;  ///< talk
  Environment environment;
  Terminal out_terminal;
  Terminal err_terminal;

  // Filled from the command line.
  std::string config_file;
  std::vector<Setting> settings;
  std::function<Result<int>()> action;  ///< the command that was chosen; gives the exit code
};

[[nodiscard]] ConfigSources config_sources(const Session& session);

/// Errors: config and usage, as load_config.
[[nodiscard]] Result<LoadedConfig> load_config(const Session& session);

/// This second.
[[nodiscard]] Instant now();

}  // namespace qanat::app
