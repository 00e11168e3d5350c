#pragma once

#include <array>
#include <string>
#include <string_view>

/// Addresses as pages and people write them, with a scheme or without.
namespace qanat {

struct LinkAddress {
  std::string host;       ///< lower case, without user, "www." and port
  std::string_view path;  ///< what follows the host, as written: "/name?x"
};

[[nodiscard]] LinkAddress split_address(std::string_view address);

/// Where "/name" is a channel's address, and "/name/12" a post's.
inline constexpr std::array<std::string_view, 3> kTelegramHosts = {
    "t.me", "telegram.me", "telegram.dog"};

/// "name/12?x" of "https://t.me/name/12?x", and of "name.t.me/12?x"; empty for other hosts.
[[nodiscard]] std::string path_on_telegram(std::string_view address);

}  // namespace qanat
