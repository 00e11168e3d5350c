#pragma once

#include <optional>
#include <string>

#include "base/instant.h"

namespace qanat {

/// "Fri, 24 Jul 2026 09:00:05 GMT", as HTTP and RSS have it: in English, whatever the locale.
[[nodiscard]] std::string format_http_date(Instant moment);

/// Reads that, and the two older forms that RFC 9110 (5.6.7) has a server take. Nothing for any
/// other text, and for a date that does not exist.
[[nodiscard]] std::optional<Instant> parse_http_date(const std::string& text);

}  // namespace qanat
