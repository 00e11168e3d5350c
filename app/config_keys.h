#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

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
  bool has_password = false;  ///< an address that may have one: shown to nobody
};

[[nodiscard]] std::span<const ConfigKey> config_keys();
[[nodiscard]] const ConfigKey* find_config_key(std::string_view name);
[[nodiscard]] std::vector<std::string_view> config_key_names();

/// Every setting that is a path: what is relative in a file lies beside it.
[[nodiscard]] std::vector<std::filesystem::path*> paths_of(Config& config);

/// "QANAT_CRAWL_RATE".
[[nodiscard]] std::string variable_of(const ConfigKey& key);

}  // namespace qanat::app
