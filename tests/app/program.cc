#include "app/program.h"

#include <fstream>
#include <sstream>

#include "app/run.h"

namespace qanat::test {

Answer Program::run(const std::vector<std::string>& arguments, const std::string& input) {
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  app::Session session{.in = in,
                       .out = out,
                       .err = err,
                       .environment = environment,
                       .out_terminal = {},
                       .err_terminal = err_terminal,
                       .config_file = {},
                       .settings = {},
                       .action = {}};
  std::vector<const char*> pointers = {"qanat"};
  for (const std::string& argument : arguments) pointers.push_back(argument.c_str());
  const int code = app::run(pointers, session);
  return {.code = code, .out = out.str(), .err = err.str()};
}

Answer Program::configured(std::vector<std::string> arguments, const std::string& input) {
  arguments.insert(arguments.begin(), {"--config", path("qanat.toml")});
  return run(arguments, input);
}

std::string Program::write(const std::string& name, const std::string& text) {
  const std::string where = path(name);
  std::filesystem::create_directories(std::filesystem::path(where).parent_path());
  std::ofstream(where, std::ios::binary) << text;
  return where;
}

}  // namespace qanat::test
