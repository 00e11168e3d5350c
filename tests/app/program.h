#pragma once

#include <string>
#include <vector>

#include "app/environment.h"
#include "app/terminal.h"
#include "support/files.h"

namespace qanat::test {

/// What one call of the program left.
struct Answer {
  int code = -1;
  std::string out;
  std::string err;
};

/// The program as a script meets it, in a folder of its own: no terminal, and an environment that
/// holds what the case puts there.
class Program {
 public:
  /// `arguments` without the program's name.
  Answer run(const std::vector<std::string>& arguments, const std::string& input = "");

  /// Runs with --config on the folder's qanat.toml.
  Answer configured(std::vector<std::string> arguments, const std::string& input = "");

  /// A file of the folder; gives its path.
  std::string write(const std::string& name, const std::string& text);
  [[nodiscard]] std::string path(const std::string& name) const { return folder_.file(name); }

  app::Environment environment;
  app::Terminal err_terminal;

 private:
  TemporaryFolder folder_;
};

}  // namespace qanat::test
