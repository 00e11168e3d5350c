#include <memory>
#include <sstream>

#include "app/command_line.h"
#include "support/catch.h"
#include "support/files.h"

using namespace qanat::app;

namespace {

/// What the program takes, without a process around it.
struct CommandLine {
  std::istringstream in;
  std::ostringstream out;
  Session session{.in = in,
                  .out = out,
                  .err = out,
                  .environment = {},
                  .out_terminal = {},
                  .err_terminal = {},
                  .config_file = {},
                  .settings = {},
                  .action = {}};
  std::unique_ptr<CLI::App> app = make_command_line(session);
};

/// Calls `visit` with each command that does something, and its full name.
// NOLINTNEXTLINE(misc-no-recursion): as deep as commands are nested.
template <class Visit>
void each_command(const CLI::App& app, const std::string& prefix, Visit visit) {
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    const std::string name = prefix + command->get_name();
    const bool group = !command->get_subcommands([](const CLI::App*) { return true; }).empty();
    if (!group) visit(name, *command);
    each_command(*command, name + " ", visit);
  }
}

}  // namespace

TEST_CASE("docs/cli.md names every command with all its options") {
  const std::string doc = qanat::test::read_file(QANAT_SOURCE_FOLDER "/docs/cli.md");
  const CommandLine line;

  each_command(*line.app, "", [&](const std::string& name, const CLI::App& command) {
    CAPTURE(name);
    const std::size_t begin = doc.find("\n| `" + name);
    REQUIRE(begin != std::string::npos);
    const std::string row = doc.substr(begin, doc.find('\n', begin + 1) - begin);
    const bool filters_elsewhere = row.find("as `posts`") != std::string::npos;
    for (const CLI::Option* option : command.get_options()) {
      for (const std::string& flag : option->get_lnames()) {
        if (flag == "help" || filters_elsewhere) continue;
        CAPTURE(flag);
        CHECK(row.find("--" + flag) != std::string::npos);
      }
    }
  });
}

TEST_CASE("docs/cli.md names every global option") {
  const std::string doc = qanat::test::read_file(QANAT_SOURCE_FOLDER "/docs/cli.md");
  const CommandLine line;

  for (const CLI::Option* option : line.app->get_options()) {
    for (const std::string& flag : option->get_lnames()) {
      CAPTURE(flag);
      CHECK(doc.find("`--" + flag) != std::string::npos);
    }
  }
}
