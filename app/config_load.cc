#include <algorithm>
#include <set>
#include <system_error>

#include <toml++/toml.h>

#include "app/config.h"
#include "app/config_keys.h"
#include "app/did_you_mean.h"
#include "app/input.h"

namespace qanat::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxConfigBytes = std::size_t{1} << 20;

/// Gathers values and complaints of all sources; each source overrules the one before.
class Loader {
 public:
  explicit Loader(const ConfigSources& sources) : sources_(sources) {}

  Result<LoadedConfig> load() {
    for (const ConfigKey& key : config_keys()) loaded_.origins[std::string(key.name)] = "default";
    const auto file = find_file();
    if (!file) return fail(file.error());
    loaded_.file = file->string();
    if (!file->empty()) read_file(*file);
    resolve_paths(file->parent_path());
    read_environment();
    for (const Setting& setting : sources_.settings) read_setting(setting);
    if (!problems_.empty()) return fail(Errc::config, problems_);
    return std::move(loaded_);
  }

 private:
  /// Empty when there is none. A file that was named must be there; the usual places may be empty.
  [[nodiscard]] Result<fs::path> find_file() const {
    if (!sources_.with_file) return fs::path();
    std::string named = sources_.file;
    std::string by = "--config";
    if (named.empty()) {
      named = variable(sources_.environment, "QANAT_CONFIG").value_or("");
      by = "QANAT_CONFIG";
    }
    std::error_code ignored;
    if (!named.empty()) {
      if (fs::exists(named, ignored)) return fs::path(named);
      return fail(Errc::config,
                  named + ": no such configuration (named by " + by +
                      "); write one with `qanat init --config " + named + "`");
    }
    for (const fs::path& place : usual_places()) {
      if (fs::exists(place, ignored)) return place;
    }
    return fs::path();
  }

  [[nodiscard]] std::vector<fs::path> usual_places() const {
    std::vector<fs::path> places = {"qanat.toml"};
    const auto home = variable(sources_.environment, "HOME");
    if (const auto xdg = variable(sources_.environment, "XDG_CONFIG_HOME")) {
      places.push_back(fs::path(*xdg) / "qanat" / "qanat.toml");
    } else if (home) {
      places.push_back(fs::path(*home) / ".config" / "qanat" / "qanat.toml");
    }
    places.emplace_back("/etc/qanat/qanat.toml");
    return places;
  }

  void complain(const std::string& where, const std::string& problem) {
    if (!problems_.empty()) problems_ += '\n';
    problems_ += where + ": " + problem;
  }

  [[nodiscard]] std::string at(const toml::source_position& position) const {
    return loaded_.file + ":" + std::to_string(position.line) + ":" +
           std::to_string(position.column);
  }

  void read_file(const fs::path& path) {
    const auto text = app::read_file(path.string(), kMaxConfigBytes);
    if (!text) {
      complain(loaded_.file, Error{text.error()}.message);
      return;
    }
    try {
      read_table(toml::parse(*text, loaded_.file), "");
    } catch (const toml::parse_error& error) {
      complain(at(error.source().begin), std::string(error.description()));
    }
  }

  /// `prefix`: "" for the whole file, "crawl." inside [crawl].
  // NOLINTNEXTLINE(misc-no-recursion): one level: a key names a section and a field.
  void read_table(const toml::table& table, const std::string& prefix) {
    for (const auto& [key, node] : table) {
      const std::string name = prefix + std::string(key.str());
      const ConfigKey* known = find_config_key(name);
      if (known != nullptr) {
        read_value(*known, node);
      } else if (prefix.empty() && node.is_table() && is_section(name)) {
        read_table(*node.as_table(), name + ".");
      } else {
        unknown(at(key.source().begin), name, prefix.empty() && node.is_table());
      }
    }
  }

  static bool is_section(std::string_view name) { return sections().contains(name); }

  static std::set<std::string_view> sections() {
    std::set<std::string_view> out;
    for (const ConfigKey& key : config_keys()) out.insert(key.name.substr(0, key.name.find('.')));
    return out;
  }

  void unknown(const std::string& where, const std::string& name, bool section) {
    if (!section) {
      complain(where, "unknown key `" + name + "`" + did_you_mean(name, config_key_names()));
      return;
    }
    const auto known = sections();
    complain(where,
             "unknown section `" + name + "`" + did_you_mean(name, {known.begin(), known.end()}));
  }

  void read_value(const ConfigKey& key, const toml::node& node) {
    const auto value = raw_value(node);
    const std::string where = at(node.source().begin);
    if (!value) {
      complain(where, "`" + std::string(key.name) + "` must be " + type_in_words(key));
      return;
    }
    take(key,
         *value,
         where,
         "file " + loaded_.file + ":" + std::to_string(node.source().begin.line));
  }

  static std::optional<RawValue> raw_value(const toml::node& node) {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* truth = node.as_boolean()) return truth->get();
    if (const auto* whole = node.as_integer()) return whole->get();
    if (const auto* number = node.as_floating_point()) return number->get();
    const toml::array* array = node.as_array();
    if (array == nullptr) return std::nullopt;
    std::vector<std::string> items;
    for (const toml::node& item : *array) {
      const auto* text = item.as_string();
      if (text == nullptr) return std::nullopt;
      items.push_back(text->get());
    }
    return items;
  }

  void take(const ConfigKey& key,
            const RawValue& value,
            const std::string& where,
            const std::string& origin) {
    if (const auto problem = assign(key, loaded_.config, value)) {
      complain(where, *problem);
    } else {
      loaded_.origins[std::string(key.name)] = origin;
    }
  }

  /// What the file names, and the defaults, lie beside the file.
  void resolve_paths(const fs::path& folder) {
    auto& config = loaded_.config;
    for (fs::path* path : {&config.store.path, &config.store.archive, &config.rules.dir}) {
      if (!path->empty() && path->is_relative()) *path = folder / *path;
    }
  }

  void read_environment() {
    for (const ConfigKey& key : config_keys()) {
      const std::string name = variable_of(key);
      const auto found = sources_.environment.find(name);
      if (found == sources_.environment.end()) continue;
      take(key, from_text(key, found->second), "environment " + name, "environment " + name);
    }
    for (const auto& [name, value] : sources_.environment) reject_stray_variable(name);
  }

  /// A misspelt QANAT_CRAWL_RAT would otherwise do nothing, silently.
  void reject_stray_variable(const std::string& name) {
    std::vector<std::string> names;
    for (const ConfigKey& key : config_keys()) names.push_back(variable_of(key));
    if (std::ranges::find(names, name) != names.end()) return;
    const bool ours = std::ranges::any_of(names, [&name](const std::string& known) {
      return name.starts_with(known.substr(0, known.find('_', sizeof "QANAT_" - 1) + 1));
    });
    if (!ours) return;
    complain("environment " + name,
             "unknown setting" + did_you_mean(name, {names.begin(), names.end()}));
  }

  void read_setting(const Setting& setting) {
    const ConfigKey* key = find_config_key(setting.key);
    if (key == nullptr) {
      complain(setting.origin,
               "unknown key `" + setting.key + "`" + did_you_mean(setting.key, config_key_names()));
      return;
    }
    take(*key, from_text(*key, setting.value), setting.origin, setting.origin);
  }

  const ConfigSources& sources_;
  LoadedConfig loaded_;
  std::string problems_;
};

}  // namespace

Result<LoadedConfig> load_config(const ConfigSources& sources) { return Loader(sources).load(); }

}  // namespace qanat::app
