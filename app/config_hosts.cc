#include "app/config_hosts.h"

#include <algorithm>
#include <memory>
#include <string_view>

#include <netdb.h>

#include "crawler/address.h"

namespace qanat::app {
namespace {

/// "http://[::1]:8080" → "::1".
std::string host_of(std::string_view url) {
  std::string_view authority = url.substr(std::min(url.find("//") + 2, url.size()));
  authority.remove_prefix(authority.rfind('@') + 1);
  if (authority.starts_with('[')) {
    return std::string(authority.substr(1, authority.find(']') - 1));
  }
  return std::string(authority.substr(0, authority.find(':')));
}

/// Of an address in digits; asks no name server.
bool is_private(const std::string& host) {
  if (host == "localhost" || host.ends_with(".localhost")) return true;
  addrinfo hints{};
  hints.ai_flags = AI_NUMERICHOST;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), nullptr, &hints, &found) != 0) return false;
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owned(found, freeaddrinfo);
  return !crawler::is_public_address(*owned->ai_addr);
}

}  // namespace

std::vector<std::string> host_problems(const LoadedConfig& loaded) {
  std::vector<std::string> out;
  if (loaded.config.crawl.allow_private_addresses) return out;
  const auto origin = loaded.origins.find("crawl.hosts");
  for (const std::string& url : loaded.config.crawl.hosts) {
    const bool plain = url.starts_with("http://");
    if (!plain && !is_private(host_of(url))) continue;
    out.push_back((origin == loaded.origins.end() ? "" : origin->second + ": ") +
                  "`crawl.hosts` has " + url + ", which is " +
                  (plain ? "plain http" : "a private address") +
                  "; write https and a public host, or set `crawl.allow_private_addresses` to true "
                  "for a server of your own");
  }
  return out;
}

}  // namespace qanat::app
