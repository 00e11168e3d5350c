#include "crawler/address.h"

#include <cstring>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "support/catch.h"

namespace {

/// An IP address as libcurl hands it over.
sockaddr_storage address_of(const std::string& text) {
  sockaddr_storage storage{};
  sockaddr_in ipv4{};
  sockaddr_in6 ipv6{};
  if (inet_pton(AF_INET, text.c_str(), &ipv4.sin_addr) == 1) {
    ipv4.sin_family = AF_INET;
    std::memcpy(&storage, &ipv4, sizeof ipv4);
  } else {
    REQUIRE(inet_pton(AF_INET6, text.c_str(), &ipv6.sin6_addr) == 1);
    ipv6.sin6_family = AF_INET6;
    std::memcpy(&storage, &ipv6, sizeof ipv6);
  }
  return storage;
}

bool is_public(const std::string& text) {
  const sockaddr_storage storage = address_of(text);
  // Sockets are told apart by family at run time: this is how every such API is called.
  return qanat::crawler::is_public_address(reinterpret_cast<const sockaddr&>(storage));
}

}  // namespace

TEST_CASE("addresses of the open internet are public") {
  for (const char* text : {"149.154.167.99",
                           "8.8.8.8",
                           "172.15.0.1",
                           "172.32.0.1",
                           "100.63.0.1",
                           "192.167.1.1",
                           "2001:67c:4e8:f004::9",
                           "2a0a:f280::1"}) {
    INFO(text);
    CHECK(is_public(text));
  }
}

TEST_CASE("loopback, private, link-local and reserved addresses are not public") {
  for (const char* text : {"0.0.0.0",
                           "127.0.0.1",
                           "127.255.255.255",
                           "10.1.2.3",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.168.1.1",
                           "169.254.169.254",
                           "100.64.0.1",
                           "192.0.2.1",
                           "198.18.0.1",
                           "203.0.113.9",
                           "224.0.0.1",
                           "240.0.0.1",
                           "255.255.255.255"}) {
    INFO(text);
    CHECK_FALSE(is_public(text));
  }
}

TEST_CASE("IPv6 addresses that are not global unicast are not public") {
  for (const char* text :
       {"::", "::1", "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "2001::1"}) {
    INFO(text);
    CHECK_FALSE(is_public(text));
  }
}

TEST_CASE("a private IPv4 address wrapped into IPv6 is not public, a public one is") {
  CHECK_FALSE(is_public("::ffff:127.0.0.1"));
  CHECK_FALSE(is_public("::ffff:10.0.0.1"));
  CHECK_FALSE(is_public("64:ff9b::192.168.0.1"));
  CHECK_FALSE(is_public("2002:7f00:1::1"));
  CHECK(is_public("::ffff:8.8.8.8"));
  CHECK(is_public("64:ff9b::8.8.8.8"));
}

TEST_CASE("an address that is no IP address is not public") {
  sockaddr local{};
  local.sa_family = AF_UNIX;

  CHECK_FALSE(qanat::crawler::is_public_address(local));
  CHECK(qanat::crawler::show_address(local).empty());
}

TEST_CASE("addresses are shown as people write them") {
  const sockaddr_storage ipv4 = address_of("127.0.0.1");
  const sockaddr_storage ipv6 = address_of("fe80::1");

  CHECK(qanat::crawler::show_address(reinterpret_cast<const sockaddr&>(ipv4)) == "127.0.0.1");
  CHECK(qanat::crawler::show_address(reinterpret_cast<const sockaddr&>(ipv6)) == "fe80::1");
}
