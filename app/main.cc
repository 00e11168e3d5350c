#include <csignal>
#include <iostream>
#include <span>

#include <unistd.h>

#include "app/run.h"
#include "export/removed_on_signal.h"

namespace {

qanat::app::Environment read_environment() {
  qanat::app::Environment out;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string text = *entry;
    const std::size_t equals = text.find('=');
    if (equals != std::string::npos) out.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return out;
}

}  // namespace

int main(int argc, char* argv[]) {
  // A limit on the size of files is then a failed write, told like any other.
  std::signal(SIGXFSZ, SIG_IGN);
  qanat::exporting::remove_on_signals();
  std::ios::sync_with_stdio(false);
  std::cin.tie(nullptr);
  const qanat::app::Environment environment = read_environment();
  qanat::app::Session session{
      .in = std::cin,
      .out = std::cout,
      .err = std::cerr,
      .environment = environment,
      .out_terminal = qanat::app::terminal_of(STDOUT_FILENO, environment),
      .err_terminal = qanat::app::terminal_of(STDERR_FILENO, environment),
      .config_file = {},
      .settings = {},
      .action = {},
  };
  return qanat::app::run(std::span<const char* const>(argv, static_cast<std::size_t>(argc)),
                         session);
}
