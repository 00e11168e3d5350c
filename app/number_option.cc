#include "app/number_option.h"

#include <string>

#include "base/number.h"

namespace qanat::app {

CLI::Validator whole_number(std::int64_t least, std::int64_t most) {
  const bool has_most = most < std::numeric_limits<std::int64_t>::max();
  const std::string bounds =
      std::to_string(least) + (has_most ? " to " + std::to_string(most) : " or more");
  const auto read = [least, most, bounds](std::string& text) -> std::string {
    const auto number = read_number<std::int64_t>(text);
    if (!number || *number < least || *number > most) {
      return "`" + text + "` is not a whole number, " + bounds;
    }
    text = std::to_string(*number);
    return "";
  };
  return {read, ""};
}

}  // namespace qanat::app
