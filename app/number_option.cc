#include "app/number_option.h"

#include <charconv>
#include <string>

namespace qanat::app {

CLI::Validator whole_number(std::int64_t least, std::int64_t most) {
  const bool has_most = most < std::numeric_limits<std::int64_t>::max();
  const std::string bounds =
      std::to_string(least) + (has_most ? " to " + std::to_string(most) : " or more");
  const auto read = [least, most, bounds](std::string& text) -> std::string {
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || stop != end || number < least || number > most) {
      return "`" + text + "` is not a whole number, " + bounds;
    }
    text = std::to_string(number);
    return "";
  };
  return {read, ""};
}

}  // namespace qanat::app
