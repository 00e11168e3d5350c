#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/config.h"
#include "app/config_keys.h"

/// What may stand in a setting: read, checked, and shown.
namespace qanat::app {

/// "a number, 0.001 to 100", "one of auto, text, json".
[[nodiscard]] std::string type_in_words(const ConfigKey& key);

/// A value as it comes from TOML; a flag and the environment give a string.
using RawValue = std::variant<std::string, bool, std::int64_t, double, std::vector<std::string>>;

/// Puts `value` into the key's field. Gives the complaint, or nothing when it fits:
/// "`crawl.rate` is 500; it must be a number, 0.001 to 100".
[[nodiscard]] std::optional<std::string> assign(const ConfigKey& key,
                                                Config& config,
                                                const RawValue& value);

/// The value from a flag or the environment: numbers and booleans are read, lists split at commas.
[[nodiscard]] RawValue from_text(const ConfigKey& key, const std::string& text);

/// The field's value as it would stand in the file; for people and as JSON a password in it is
/// "***".
[[nodiscard]] std::string value_toml(const ConfigKey& key, const Config& config);
[[nodiscard]] std::string value_shown(const ConfigKey& key, const Config& config);
[[nodiscard]] nlohmann::ordered_json value_json(const ConfigKey& key, const Config& config);

}  // namespace qanat::app
