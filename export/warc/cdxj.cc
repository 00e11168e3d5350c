#include "export/warc/cdxj.h"

#include <algorithm>
#include <vector>

#include "base/ascii.h"
#include "record/json.h"

namespace qanat::exporting::warc {
namespace {

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(separator, at), text.size());
    out.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

std::string joined(const std::vector<std::string>& parts, char separator) {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += separator;
    out += part;
  }
  return out;
}

/// "t.me" as "me,t"; the numbers of an address and a port stay as they are.
std::string reversed_host(std::string_view host) {
  if (host.find_first_not_of("0123456789.:[]") == std::string_view::npos) return std::string(host);
  const std::size_t colon = std::min(host.find(':'), host.size());
  std::vector<std::string> labels = split(host.substr(0, colon), '.');
  std::ranges::reverse(labels);
  return joined(labels, ',') + std::string(host.substr(colon));
}

/// 20260724090005.
std::string compact_date(Instant moment) {
  std::string out;
  std::ranges::copy_if(format_instant(moment), std::back_inserter(out), is_ascii_digit);
  return out;
}

}  // namespace

std::string sortable_url(std::string_view url) {
  const std::string small = lowered(url.substr(0, url.find('#')));
  std::string_view rest = small;
  if (const std::size_t scheme = rest.find("://"); scheme != std::string_view::npos) {
    rest.remove_prefix(scheme + 3);
  }
  const std::size_t host_end = std::min(rest.find_first_of("/?"), rest.size());
  const std::size_t path_end = std::min(rest.find('?'), rest.size());
  std::string out = reversed_host(rest.substr(0, host_end)) + ")";
  out += host_end == path_end ? "/" : rest.substr(host_end, path_end - host_end);
  if (path_end + 1 < rest.size()) {
    std::vector<std::string> parameters = split(rest.substr(path_end + 1), '&');
    std::ranges::sort(parameters);
    out += "?" + joined(parameters, '&');
  }
  return out;
}

std::string index_line(const FetchedPage& page, std::string_view mime, const Place& place) {
  const record::Json fields = {{"url", page.url},
                               {"mime", mime},
                               {"status", std::to_string(page.status)},
                               {"digest", payload_digest(page)},
                               {"length", std::to_string(place.length)},
                               {"offset", std::to_string(place.offset)},
                               {"filename", place.file}};
  return sortable_url(page.url) + " " + compact_date(page.fetched_at) + " " +
         record::dump_line(fields);
}

}  // namespace qanat::exporting::warc
