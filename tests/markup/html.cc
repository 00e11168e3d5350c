#include "markup/html.h"

#include <cstdint>

namespace qanat::markup {

std::string fill(std::string_view pattern,
                 std::initializer_list<std::pair<std::string_view, std::string_view>> values) {
  std::string out;
  while (!pattern.empty()) {
    const std::size_t open = pattern.find('{');
    out += pattern.substr(0, open);
    if (open == std::string_view::npos) break;
    pattern.remove_prefix(open);
    std::size_t taken = 1;
    std::string_view value = "{";
    for (const auto& [key, text] : values) {
      if (pattern.substr(1).starts_with(key) && pattern.substr(1 + key.size()).starts_with('}')) {
        value = text;
        taken = key.size() + 2;
      }
    }
    out += value;
    pattern.remove_prefix(taken);
  }
  return out;
}

std::string base64url(std::string_view bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string out;
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const char byte : bytes) {
    bits = (bits << 8U) | static_cast<unsigned char>(byte);
    held += 8;
    while (held >= 6) {
      held -= 6;
      out += kDigits[(bits >> held) & 0x3FU];
    }
  }
  if (held > 0) out += kDigits[(bits << (6 - held)) & 0x3FU];
  return out;
}

}  // namespace qanat::markup
