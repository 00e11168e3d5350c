#include "base/link_address.h"

#include <algorithm>

#include "base/ascii.h"

namespace qanat {
namespace {

/// A scheme stands in front: that of an address in the query is not this one's.
std::string_view without_scheme(std::string_view address) {
  const std::size_t sign = std::min(address.find_first_of(":/?#"), address.size());
  return address.substr(sign).starts_with("://") ? address.substr(sign + 3) : address;
}

}  // namespace

LinkAddress split_address(std::string_view address) {
  address = without_scheme(address);
  const std::size_t end = std::min(address.find_first_of("/?#"), address.size());
  std::string_view host = address.substr(0, end);
  host.remove_prefix(host.rfind('@') + 1);  // npos + 1 is 0: no user was named
  LinkAddress parts{.host = lowered(host.substr(0, host.find(':'))), .path = address.substr(end)};
  if (parts.host.starts_with("www.")) parts.host.erase(0, 4);
  return parts;
}

std::string path_on_telegram(std::string_view address) {
  const auto [host, path] = split_address(address);
  for (const std::string_view known : kTelegramHosts) {
    if (!host.ends_with(known)) continue;
    const std::string_view before = std::string_view(host).substr(0, host.size() - known.size());
    if (before.empty()) return std::string(path.substr(path.starts_with('/') ? 1 : 0));
    if (before.ends_with('.')) return std::string(before.substr(0, before.size() - 1)).append(path);
  }
  return {};
}

}  // namespace qanat
