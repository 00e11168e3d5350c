#include "app/config.h"
#include "app/config_keys.h"
#include "app/config_value.h"

namespace qanat::app {

std::string config_template(const std::map<std::string, std::string, std::less<>>& values) {
  std::string out =
      "# qanat's configuration. What is commented out is the default.\n"
      "# `qanat config check` reads it, `qanat config show` tells what is in force and why.\n";
  std::string_view section;
  const Config defaults;
  for (const ConfigKey& key : config_keys()) {
    const std::size_t dot = key.name.find('.');
    if (key.name.substr(0, dot) != section) {
      section = key.name.substr(0, dot);
      out += "\n[" + std::string(section) + "]\n";
    }
    out += "# " + std::string(key.doc) + " (" + type_in_words(key) + ")\n";
    const std::string name(key.name.substr(dot + 1));
    const auto given = values.find(key.name);
    out += given != values.end() ? name + " = " + given->second
                                 : "# " + name + " = " + value_toml(key, defaults);
    out += '\n';
  }
  return out;
}

}  // namespace qanat::app
