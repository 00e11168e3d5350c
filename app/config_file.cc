#include "app/config_file.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include <toml++/toml.h>

#include "app/config_keys.h"
#include "app/config_value.h"
#include "app/did_you_mean.h"

namespace qanat::app {
namespace {

std::set<std::string_view> sections() {
  std::set<std::string_view> out;
  for (const ConfigKey& key : config_keys()) out.insert(key.name.substr(0, key.name.find('.')));
  return out;
}

std::optional<std::vector<std::string>> texts_of(const toml::array& array) {
  std::vector<std::string> items;
  for (const toml::node& item : array) {
    const auto* text = item.as_string();
    if (text == nullptr) return std::nullopt;
    items.push_back(text->get());
  }
  return items;
}

/// Nothing for what no key takes: dates, tables, lists of anything but text.
std::optional<RawValue> raw_value(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* truth = node.as_boolean()) return truth->get();
  if (const auto* whole = node.as_integer()) return whole->get();
  if (const auto* number = node.as_floating_point()) return number->get();
  const toml::array* array = node.as_array();
  if (array == nullptr) return std::nullopt;
  if (auto items = texts_of(*array)) return RawValue(*std::move(items));
  return std::nullopt;
}

class FileReader {
 public:
  explicit FileReader(LoadedConfig& loaded) : loaded_(loaded) {}

  std::vector<std::string> read(const std::string& text) {
    try {
      read_root(toml::parse(text, loaded_.file));
    } catch (const toml::parse_error& error) {
      complain(error.source().begin, std::string(error.description()));
    }
    // Tables come in the order of their keys; people read files from the top.
    std::ranges::stable_sort(problems_, {}, [](const Problem& problem) {
      return std::pair(problem.at.line, problem.at.column);
    });
    std::vector<std::string> out;
    out.reserve(problems_.size());
    for (const Problem& problem : problems_) {
      out.push_back(loaded_.file + ":" + std::to_string(problem.at.line) + ":" +
                    std::to_string(problem.at.column) + ": " + problem.text);
    }
    return out;
  }

 private:
  struct Problem {
    toml::source_position at;
    std::string text;
  };

  void complain(const toml::source_position& at, std::string text) {
    problems_.push_back({.at = at, .text = std::move(text)});
  }

  void read_root(const toml::table& root) {
    const auto known = sections();
    for (const auto& [key, node] : root) {
      const toml::table* section = node.as_table();
      if (section == nullptr) {
        unknown_key(key, std::string(key.str()));
      } else if (known.contains(key.str())) {
        read_section(*section, std::string(key.str()));
      } else {
        complain(key.source().begin,
                 "unknown section `" + std::string(key.str()) + "`" +
                     did_you_mean(key.str(), {known.begin(), known.end()}));
      }
    }
  }

  void read_section(const toml::table& section, const std::string& name) {
    for (const auto& [field, node] : section) {
      const std::string full = name + "." + std::string(field.str());
      if (const ConfigKey* key = find_config_key(full)) {
        read_value(*key, node);
      } else {
        unknown_key(field, full);
      }
    }
  }

  void unknown_key(const toml::key& key, const std::string& name) {
    complain(key.source().begin,
             "unknown key `" + name + "`" + did_you_mean(name, config_key_names()));
  }

  void read_value(const ConfigKey& key, const toml::node& node) {
    const toml::source_position at = node.source().begin;
    const auto value = raw_value(node);
    if (!value) {
      complain(at, "`" + std::string(key.name) + "` must be " + type_in_words(key));
    } else if (auto problem = assign(key, loaded_.config, *value)) {
      complain(at, *std::move(problem));
    } else {
      loaded_.origins[std::string(key.name)] =
          "file " + loaded_.file + ":" + std::to_string(at.line);
    }
  }

  LoadedConfig& loaded_;
  std::vector<Problem> problems_;
};

}  // namespace

std::vector<std::string> read_config_file(const std::string& text, LoadedConfig& loaded) {
  return FileReader(loaded).read(text);
}

}  // namespace qanat::app
