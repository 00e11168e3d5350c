#include "app/run.h"

#include <algorithm>
#include <cerrno>
#include <exception>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "app/command_line.h"
#include "app/exit_code.h"
#include "app/terminal.h"

namespace qanat::app {
namespace {

/// Each line of a message is one problem; each gets the program's name before it.
void report(const Session& session, std::string_view message) {
  while (!message.empty()) {
    const std::size_t end = std::min(message.find('\n'), message.size());
    session.err << styled(session.err_terminal, Style::red, "qanat: ")
                << printable(message.substr(0, end)) << '\n';
    message.remove_prefix(std::min(end + 1, message.size()));
  }
}

/// CLI11 ends a command at a lone "++"; with a blank behind it is a word to look for.
std::vector<const char*> with_plain_words(std::span<const char* const> arguments) {
  std::vector<const char*> out(arguments.begin(), arguments.end());
  std::ranges::replace_if(
      out, [](const char* argument) { return std::string_view(argument) == "++"; }, "++ ");
  return out;
}

/// The exit code when the command line ends the program, else -1.
int read_command_line(CLI::App& app, std::span<const char* const> arguments, Session& session) {
  try {
    const std::vector<const char*> words = with_plain_words(arguments);
    app.parse(static_cast<int>(words.size()), words.data());
  } catch (const CLI::Success& asked) {  // --help, --version
    if (is_unknown_command(app)) {
      report(session, usage_message(app, asked));
      return kExitUsage;
    }
    return app.exit(asked, session.out, session.err);
  } catch (const CLI::ParseError& error) {
    report(session, usage_message(app, error));
    return kExitUsage;
  }
  return -1;
}

/// What was printed must have arrived. A reader that went away wants to hear nothing.
int flushed(Session& session, int code) {
  errno = 0;
  session.out.flush();
  if (session.out.good() || errno == EPIPE) return code;
  report(session,
         std::string("standard output cannot be written: ") +
             (errno != 0 ? std::generic_category().message(errno) : "the output is incomplete") +
             "; free space or name another place");
  return code == kExitFine ? kExitFailure : code;
}

int act(std::span<const char* const> arguments, Session& session) {
  const auto app = make_command_line(session);
  if (const int code = read_command_line(*app, arguments, session); code >= 0) {
    return flushed(session, code);
  }
  const Result<int> done = session.action();
  if (done) return flushed(session, *done);
  session.out.flush();
  report(session, done.error().message);
  return exit_code_of(done.error().code);
}

}  // namespace

int run(std::span<const char* const> arguments, Session& session) {
  try {
    return act(arguments, session);
  } catch (const std::exception& bug) {
    report(session, std::string("this is a bug in qanat: ") + bug.what());
    return kExitFailure;
  }
}

}  // namespace qanat::app
