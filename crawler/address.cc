#include "crawler/address.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace qanat::crawler {
namespace {

struct Range4 {
  std::uint32_t network;
  int bits;
};

/// IANA's special-purpose IPv4 registry: what no public host can have.
constexpr std::array kSpecial4 = {
    Range4{.network = 0x00000000, .bits = 8},   // this network
    Range4{.network = 0x0A000000, .bits = 8},   // private
    Range4{.network = 0x64400000, .bits = 10},  // shared behind carriers
    Range4{.network = 0x7F000000, .bits = 8},   // loopback
    Range4{.network = 0xA9FE0000, .bits = 16},  // link-local, and the clouds' metadata
    Range4{.network = 0xAC100000, .bits = 12},  // private
    Range4{.network = 0xC0000000, .bits = 24},  // protocol assignments
    Range4{.network = 0xC0000200, .bits = 24},  // documentation
    Range4{.network = 0xC0A80000, .bits = 16},  // private
    Range4{.network = 0xC6120000, .bits = 15},  // benchmarks
    Range4{.network = 0xC6336400, .bits = 24},  // documentation
    Range4{.network = 0xCB007100, .bits = 24},  // documentation
    Range4{.network = 0xE0000000, .bits = 3},   // multicast and reserved
};

bool is_public4(std::uint32_t address) {
  return std::ranges::none_of(kSpecial4, [&](const Range4& range) {
    return (address >> (32 - range.bits)) == (range.network >> (32 - range.bits));
  });
}

using Bytes16 = std::array<std::uint8_t, 16>;

std::uint32_t ipv4_at(const Bytes16& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = (value << 8U) | bytes.at(at + i);
  return value;
}

bool starts_with(const Bytes16& bytes, std::initializer_list<std::uint8_t> prefix) {
  return std::equal(prefix.begin(), prefix.end(), bytes.begin());
}

bool is_public6(const Bytes16& bytes) {
  if (starts_with(bytes, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF})) {
    return is_public4(ipv4_at(bytes, 12));  // an IPv4 address in IPv6's clothes
  }
  if (starts_with(bytes, {0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0})) {
    return is_public4(ipv4_at(bytes, 12));  // NAT64
  }
  if (starts_with(bytes, {0x20, 0x02})) return is_public4(ipv4_at(bytes, 2));  // 6to4
  if (starts_with(bytes, {0x20, 0x01, 0x0D, 0xB8})) return false;              // documentation
  if (starts_with(bytes, {0x20, 0x01, 0x00, 0x00})) return false;              // Teredo
  return (bytes[0] & 0xE0U) == 0x20;  // global unicast is 2000::/3 and nothing else
}

}  // namespace

bool is_public_address(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in ipv4{};
    std::memcpy(&ipv4, &address, sizeof ipv4);
    return is_public4(ntohl(ipv4.sin_addr.s_addr));
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 ipv6{};
    std::memcpy(&ipv6, &address, sizeof ipv6);
    Bytes16 bytes{};
    std::memcpy(bytes.data(), &ipv6.sin6_addr, bytes.size());
    return is_public6(bytes);
  }
  return false;
}

std::string show_address(const sockaddr& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address.sa_family == AF_INET) {
    sockaddr_in ipv4{};
    std::memcpy(&ipv4, &address, sizeof ipv4);
    inet_ntop(AF_INET, &ipv4.sin_addr, text.data(), text.size());
  } else if (address.sa_family == AF_INET6) {
    sockaddr_in6 ipv6{};
    std::memcpy(&ipv6, &address, sizeof ipv6);
    inet_ntop(AF_INET6, &ipv6.sin6_addr, text.data(), text.size());
  }
  return text.data();
}

}  // namespace qanat::crawler
