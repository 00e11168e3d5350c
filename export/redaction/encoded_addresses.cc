#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "export/redaction/addresses.h"

// An address holds what its form cannot as "%40" (RFC 3986): a program has written that, no person.
namespace qanat::exporting {
namespace {

std::optional<int> hex_value(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return std::nullopt;
}

/// A part of an address as it reads.
struct Decoded {
  std::string text;
  std::vector<std::size_t> places;  ///< where each byte, and the end, stands in the part
};

Decoded decoded(std::string_view part) {
  Decoded out;
  for (std::size_t at = 0; at < part.size();) {
    out.places.push_back(at);
    const bool escape = part[at] == '%' && at + 2 < part.size();
    const auto high = escape ? hex_value(part[at + 1]) : std::nullopt;
    const auto low = escape ? hex_value(part[at + 2]) : std::nullopt;
    out.text += high && low ? static_cast<char>(*high * 16 + *low) : part[at];
    at += high && low ? 3 : 1;
  }
  out.places.push_back(part.size());
  return out;
}

void find_in_part(std::string_view address, Span part, std::vector<Finding>& out) {
  const std::string_view written = address.substr(part.begin, part.size());
  if (!written.contains('%')) return;
  const auto [text, places] = decoded(written);
  for (Finding& finding : find_personal_data(text)) {
    finding.span = {part.begin + places[finding.span.begin], part.begin + places[finding.span.end]};
    out.push_back(std::move(finding));
  }
}

}  // namespace

void find_encoded(std::string_view address, std::vector<Finding>& out) {
  if (!address.contains('%')) return;
  const std::size_t query = std::min(address.find('?'), address.size());
  find_in_part(address, {0, query}, out);
  // Each value is a text of its own: what stands before it makes no handle or phone of it, or none.
  for (std::size_t begin = query; begin < address.size();) {
    const std::size_t end = std::min(address.find_first_of("?&=;#", begin), address.size());
    find_in_part(address, {begin, end}, out);
    begin = end + 1;
  }
}

}  // namespace qanat::exporting
