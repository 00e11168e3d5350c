#include <algorithm>
#include <system_error>

#include "app/config.h"
#include "app/config_file.h"
#include "app/config_hosts.h"
#include "app/config_keys.h"
#include "app/config_value.h"
#include "app/did_you_mean.h"
#include "app/input.h"

namespace qanat::app {
namespace {

namespace fs = std::filesystem;

constexpr InputCap kConfigCap = {.bytes = std::size_t{1} << 20,
                                 .remedy = "a configuration is never that large; check the path"};

constexpr InputCap kCertificateCap = {.bytes = std::size_t{64} << 20,
                                      .remedy = "name a file of certificates in PEM format"};

std::vector<fs::path> usual_places(const Environment& environment) {
  std::vector<fs::path> places = {"qanat.toml"};
  if (const auto xdg = variable(environment, "XDG_CONFIG_HOME")) {
    places.push_back(fs::path(*xdg) / "qanat" / "qanat.toml");
  } else if (const auto home = variable(environment, "HOME")) {
    places.push_back(fs::path(*home) / ".config" / "qanat" / "qanat.toml");
  }
  places.emplace_back("/etc/qanat/qanat.toml");
  return places;
}

/// Whether this user may not look whether it is there.
bool is_unseen(const fs::path& path) {
  std::error_code error;
  return !fs::exists(path, error) && error == std::errc::permission_denied;
}

/// Above an unseen path: the folder that this user may not enter.
fs::path closed_folder(const fs::path& path) {
  fs::path folder = path.parent_path();
  while (is_unseen(folder)) folder = folder.parent_path();
  return folder.empty() ? "." : folder;
}

Error not_to_be_seen(const fs::path& path) {
  return {.code = Errc::config,
          .message = path.string() + ": Permission denied: this user may not enter " +
                     closed_folder(path).string() +
                     "; run qanat as the folder's owner, or as root with sudo"};
}

/// A service may write below /var, not beside its configuration.
std::string init_command(const std::string& file) {
  const bool service = file.starts_with("/etc/");
  return "qanat init --config " + file +
         (service ? " --store /var/lib/qanat/qanat.db --set store.archive=/var/lib/qanat/archive"
                  : "");
}

/// Empty when there is none. A file that was named must be there; the usual places may be empty.
Result<fs::path> find_file(const ConfigSources& sources) {
  if (!sources.with_file) return fs::path();
  const bool by_flag = !sources.file.empty();
  const std::string named =
      by_flag ? sources.file : variable(sources.environment, "QANAT_CONFIG").value_or("");
  std::error_code ignored;
  if (!named.empty()) {
    if (fs::exists(named, ignored)) return fs::path(named);
    if (is_unseen(named)) return fail(not_to_be_seen(named));
    return fail(Errc::config,
                named + ": no such configuration file (named by " +
                    (by_flag ? "--config" : "QANAT_CONFIG") + "); create it with `" +
                    init_command(named) + "`");
  }
  for (const fs::path& place : usual_places(sources.environment)) {
    if (fs::exists(place, ignored)) return place;
  }
  return fs::path();
}

/// The last of the usual places that this user may not look into; empty when there is none.
std::string unseen_place(const Environment& environment) {
  std::string unseen;
  for (const fs::path& place : usual_places(environment)) {
    if (is_unseen(place)) unseen = place.string();
  }
  return unseen;
}

/// What the file names, and the defaults, lie beside the file.
void resolve_paths(Config& config, const fs::path& folder) {
  for (fs::path* path : paths_of(config)) {
    if (!path->empty() && path->is_relative()) *path = folder / *path;
  }
}

/// Gathers values and complaints of all sources; each source overrules the one before.
class Loader {
 public:
  explicit Loader(const ConfigSources& sources) : sources_(sources) {}

  Result<LoadedConfig> load() {
    for (const ConfigKey& key : config_keys()) loaded_.origins[std::string(key.name)] = "default";
    const auto file = find_file(sources_);
    if (!file) return fail(file.error());
    loaded_.file = file->string();
    if (!file->empty()) read_file();
    if (file->empty() && sources_.with_file) loaded_.unseen = unseen_place(sources_.environment);
    resolve_paths(loaded_.config, file->parent_path());
    read_environment();
    const bool sources_are_fine = problems_.empty();
    for (const Setting& setting : sources_.settings) read_setting(setting);
    if (!problems_.empty()) {
      return fail(sources_are_fine ? Errc::usage : Errc::config, problems_);
    }
    for (const std::string& problem : host_problems(loaded_)) complain(problem);
    if (const Config::Schedule& schedule = loaded_.config.schedule;
        schedule.floor > schedule.ceiling) {
      complain("`schedule.floor` is " + format_duration(schedule.floor) +
               ", longer than `schedule.ceiling`, " + format_duration(schedule.ceiling) +
               "; shorten the floor or lengthen the ceiling");
    }
    if (loaded_.config.web.feeds && loaded_.config.web.listen.empty()) {
      complain(
          "`web.feeds` is true but `web.listen` is empty; set where they are served, such as "
          "127.0.0.1:9468");
    }
    if (!problems_.empty()) return fail(Errc::config, problems_);
    return std::move(loaded_);
  }

 private:
  void complain(const std::string& problem) {
    if (!problems_.empty()) problems_ += '\n';
    problems_ += problem;
  }

  void read_file() {
    const auto text = app::read_file(loaded_.file, kConfigCap);
    if (!text) {
      complain(text.error().message);
      return;
    }
    for (const std::string& problem : read_config_file(*text, loaded_)) complain(problem);
  }

  void take(const ConfigKey& key, const std::string& text, const std::string& origin) {
    if (const auto problem = assign(key, loaded_.config, from_text(key, text))) {
      complain(origin + ": " + *problem);
    } else {
      loaded_.origins[std::string(key.name)] = origin;
    }
  }

  void read_environment() {
    for (const ConfigKey& key : config_keys()) {
      const std::string name = variable_of(key);
      const auto found = sources_.environment.find(name);
      if (found != sources_.environment.end()) take(key, found->second, "environment " + name);
    }
    for (const auto& [name, value] : sources_.environment) reject_stray_variable(name);
  }

  /// A misspelt QANAT_CRAWL_RAT would otherwise do nothing, silently.
  void reject_stray_variable(const std::string& name) {
    std::vector<std::string> names;
    for (const ConfigKey& key : config_keys()) names.push_back(variable_of(key));
    const bool known = std::ranges::find(names, name) != names.end();
    const auto of_section = std::ranges::find_if(names, [&name](const std::string& one) {
      return (name + "_").starts_with(one.substr(0, one.find('_', sizeof "QANAT_" - 1) + 1));
    });
    if (known || of_section == names.end()) return;
    const bool is_section = of_section->starts_with(name + "_");
    complain("environment " + name + ": unknown setting" +
             (is_section ? "; did you mean `" + *of_section + "`?"
                         : did_you_mean(name, {names.begin(), names.end()})));
  }

  void read_setting(const Setting& setting) {
    if (const ConfigKey* key = find_config_key(setting.key)) {
      take(*key, setting.value, setting.origin);
    } else {
      complain(setting.origin + ": unknown key `" + setting.key + "`" +
               did_you_mean(setting.key, config_key_names()));
    }
  }

  const ConfigSources& sources_;
  LoadedConfig loaded_;
  std::string problems_;
};

}  // namespace

Result<void> check_ca_file(const Config& config) {
  const fs::path& path = config.crawl.ca_file;
  if (path.empty()) return {};
  const auto text = read_file(path.string(), kCertificateCap);
  if (!text) return fail(Errc::config, "`crawl.ca_file`: " + text.error().message);
  if (text->find("-----BEGIN CERTIFICATE-----") != std::string::npos) return {};
  return fail(
      Errc::config,
      "`crawl.ca_file`: " + path.string() + ": no certificates in it; name a file in PEM format");
}

std::string config_file_of(const ConfigSources& sources) {
  const auto file = find_file(sources);
  return file ? file->string() : "";
}

Result<LoadedConfig> load_config(const ConfigSources& sources) { return Loader(sources).load(); }

}  // namespace qanat::app
