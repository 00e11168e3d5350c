#include "app/number_option.h"

#include <charconv>
#include <string>

namespace qanat::app {

CLI::Validator whole_number(std::int64_t least) {
  const auto read = [least](std::string& text) -> std::string {
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || stop != end || number < least) {
      return "`" + text + "` is not a whole number, " + std::to_string(least) + " or more";
    }
    text = std::to_string(number);
    return "";
  };
  return {read, ""};
}

}  // namespace qanat::app
