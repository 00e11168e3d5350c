#pragma once

#include <string>
#include <vector>

#include "app/config.h"

namespace qanat::app {

/// Reads TOML into `loaded.config` and `loaded.origins`; `loaded.file` names the text in messages.
/// Gives all that is wrong with it, from its top down: "file:line:column: problem; remedy".
[[nodiscard]] std::vector<std::string> read_config_file(const std::string& text,
                                                        LoadedConfig& loaded);

}  // namespace qanat::app
