#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"

/// Pieces of the card's Markdown.
namespace qanat::exporting {

/// A cell of a table.
[[nodiscard]] inline std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

[[nodiscard]] inline std::string day_or_unknown(const std::optional<Instant>& moment) {
  constexpr std::size_t kDayLength = 10;
  return moment ? format_instant(*moment).substr(0, kDayLength) : "an unknown day";
}

}  // namespace qanat::exporting
