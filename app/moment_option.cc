#include "app/moment_option.h"

#include "app/units.h"

namespace qanat::app {

CLI::Option* add_moment_option(CLI::App& command,
                               const std::string& name,
                               std::string& text,
                               const std::string& description) {
  const auto problem = [](const std::string& given) -> std::string {
    if (!given.empty()) return "";
    return "it is empty: write a date (2026-07-24) or a moment (2026-07-24T09:00:05Z), or leave "
           "the option out";
  };
  return command.add_option(name, text, description)->check(CLI::Validator(problem, ""));
}

Result<std::optional<Instant>> read_moment(const std::string& option, const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto moment = parse_moment(text);
  if (!moment) {
    return fail(Errc::usage,
                option + " `" + text + "`: write a date (2026-07-24) or a moment " +
                    "(2026-07-24T09:00:05Z)");
  }
  return moment;
}

}  // namespace qanat::app
