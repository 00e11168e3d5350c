#include "app/moment_option.h"

#include "app/units.h"

namespace qanat::app {

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
