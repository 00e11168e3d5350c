#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/config.h"

/// The one table of settings: parsing, environment, --set, suggestions, `config show`, the file
/// that `init` writes and docs/configuration.md all follow it.
namespace qanat::app {

/// The field of a Config that a key stands for; its type is the key's type.
using Slot = std::variant<std::string*,
                          std::filesystem::path*,
                          bool*,
                          std::int64_t*,
                          double*,
                          std::chrono::seconds*,
                          ByteCount*,
                          std::vector<std::string>*>;

struct ConfigKey {
  std::string_view name;  ///< "crawl.rate"
  Slot (*slot)(Config& config);
  std::string_view doc;  ///< one line for people
  double low = 0;        ///< for numbers, durations (seconds) and sizes (bytes): both inclusive
  double high = 0;
  std::vector<std::string_view> choices;           ///< for text: the only values; empty: any
  bool (*valid)(std::string_view text) = nullptr;  ///< for text and each item of a list
  std::string_view shape;                          ///< what `valid` asks for, in words
};

[[nodiscard]] std::span<const ConfigKey> config_keys();
[[nodiscard]] const ConfigKey* find_config_key(std::string_view name);
[[nodiscard]] std::vector<std::string_view> config_key_names();

/// "QANAT_CRAWL_RATE".
[[nodiscard]] std::string variable_of(const ConfigKey& key);

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

/// The field's value as JSON, and as it would stand in the file.
[[nodiscard]] nlohmann::ordered_json value_json(const ConfigKey& key, const Config& config);
[[nodiscard]] std::string value_toml(const ConfigKey& key, const Config& config);

}  // namespace qanat::app
