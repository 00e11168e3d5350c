#pragma once

#include <string_view>

/// Addresses that people type.
namespace qanat::app {

/// "t.me", "[::1]:8080".
[[nodiscard]] bool is_host(std::string_view authority);

/// "https://example.org/all.atom?key=1", or http: a scheme, a host, and no blank, control
/// character, quotation mark or angle bracket.
[[nodiscard]] bool is_web_address(std::string_view text);

}  // namespace qanat::app
