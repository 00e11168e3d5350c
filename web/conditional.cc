#include "web/conditional.h"

#include <algorithm>
#include <optional>
#include <ranges>

#include "base/ascii.h"
#include "base/http_date.h"

namespace qanat::web {
namespace {

constexpr std::string_view kCompressed = "-gzip";

/// Whether one of If-None-Match's items names the version. A weak tag counts as the strong one.
bool names(std::string_view item, const Version& version) {
  if (item == "*") return true;
  if (item.starts_with("W/")) item.remove_prefix(2);
  return item == entity_tag(version, false) || item == entity_tag(version, true);
}

/// "gzip;q=0.0": it is not wanted.
bool is_refused(std::string_view parameters) {
  const std::size_t weight = parameters.find("q=");
  if (weight == std::string_view::npos) return false;
  return trimmed_ascii(parameters.substr(weight + 2)).find_first_not_of("0.") ==
         std::string_view::npos;
}

/// The items of a header's list.
auto items_of(std::string_view list) {
  return std::views::split(list, ',') | std::views::transform([](const auto& item) {
           return trimmed_ascii(std::string_view(item.begin(), item.end()));
         });
}

}  // namespace

std::string entity_tag(const Version& version, bool is_compressed) {
  std::string out = "\"" + version.tag;
  if (is_compressed) out += kCompressed;
  return out + '"';
}

bool is_known(const Request& request, const Version& version) {
  if (!request.if_none_match.empty()) {
    return std::ranges::any_of(items_of(request.if_none_match),
                               [&](std::string_view item) { return names(item, version); });
  }
  const auto since = parse_http_date(request.if_modified_since);
  return since && version.modified <= *since;
}

bool accepts_gzip(std::string_view accept_encoding) {
  const std::string list = lowered(accept_encoding);
  std::optional<bool> gzip;
  std::optional<bool> any;
  for (const std::string_view item : items_of(list)) {
    const std::size_t end = std::min(item.find(';'), item.size());
    const std::string_view name = trimmed_ascii(item.substr(0, end));
    const bool is_wanted = !is_refused(item.substr(end));
    if (name == "gzip") gzip = is_wanted;
    if (name == "*") any = is_wanted;
  }
  return gzip.value_or(any.value_or(false));
}

}  // namespace qanat::web
