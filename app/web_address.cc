#include "app/web_address.h"

#include <algorithm>

#include "base/number.h"

namespace qanat::app {

/// "t.me", "[::1]:8080".
bool is_host(std::string_view authority) {
  const std::size_t end = authority.starts_with('[') ? authority.find(']') : 0;
  if (end == std::string_view::npos) return false;
  const std::size_t colon = std::min(authority.find(':', end), authority.size());
  const std::string_view host = authority.substr(0, colon);
  if (host.empty() || host.find_first_of("/?#@\\ \t\r\n\"<>") != std::string_view::npos)
    return false;
  if (colon == authority.size()) return true;
  return read_number<std::uint16_t>(authority.substr(colon + 1)).value_or(0) > 0;
}

bool is_web_address(std::string_view text) {
  const bool known = text.starts_with("https://") || text.starts_with("http://");
  const auto is_unsafe = [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '\x7f' || c == '"' || c == '<' || c == '>';
  };
  if (!known || std::ranges::any_of(text, is_unsafe)) return false;
  const std::string_view rest = text.substr(text.find("//") + 2);
  return is_host(rest.substr(0, rest.find_first_of("/?#")));
}

}  // namespace qanat::app
