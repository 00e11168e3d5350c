#include "crawler/page_url.h"

#include <algorithm>

#include "base/ascii.h"

namespace qanat::crawler {
namespace {

struct Parts {
  std::string_view authority;
  std::string_view path;  ///< without query and fragment
};

/// Nothing when the text is not an absolute URL.
std::optional<Parts> split(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos || scheme == 0) return std::nullopt;
  url.remove_prefix(scheme + 3);
  const std::size_t end = std::min(url.find_first_of("/?#"), url.size());
  std::string_view path = url.substr(end);
  path = path.substr(0, path.find_first_of("?#"));
  return Parts{.authority = url.substr(0, end), .path = path};
}

}  // namespace

std::string landing_url(std::string_view base, const ChannelName& channel) {
  std::string url(base);
  url += "/";
  url += channel.str();
  return url;
}

std::string preview_url(std::string_view base,
                        const ChannelName& channel,
                        std::optional<MessageId> before) {
  std::string url(base);
  url += "/s/";
  url += channel.str();
  if (before && *before >= 1) url += "?before=" + std::to_string(*before);
  return url;
}

std::string host_of(std::string_view url) {
  const auto parts = split(url);
  if (!parts) return {};
  std::string_view host = parts->authority;
  host.remove_prefix(host.rfind('@') + 1);  // npos + 1 is 0: no user was named
  const std::size_t after_literal = host.starts_with('[') ? host.find(']') : 0;
  if (after_literal == std::string_view::npos) return {};
  return lowered(host.substr(0, host.find(':', after_literal)));
}

bool leads_to_landing(std::string_view location, const ChannelName& channel) {
  const auto parts = split(location);
  if (!parts) return false;
  std::string_view path = parts->path;
  if (path.ends_with('/')) path.remove_suffix(1);
  return path.starts_with('/') && lowered(path.substr(1)) == channel.str();
}

}  // namespace qanat::crawler
