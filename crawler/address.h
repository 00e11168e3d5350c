#pragma once

#include <string>

struct sockaddr;

namespace qanat::crawler {

/// Whether an address belongs to the open internet: not loopback, private, link-local, multicast,
/// shared or reserved, nor one of those wrapped into IPv6. Families other than IP are not.
[[nodiscard]] bool is_public_address(const sockaddr& address);

/// "127.0.0.1", "fe80::1"; empty for families other than IP.
[[nodiscard]] std::string show_address(const sockaddr& address);

}  // namespace qanat::crawler
