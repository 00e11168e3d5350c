#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace qanat {

/// A moment in UTC, whole seconds: the resolution of Telegram's page and of our records.
using Instant = std::chrono::sys_seconds;

/// "2025-07-24T09:00:05Z".
[[nodiscard]] std::string format_instant(Instant instant);

/// Reads "YYYY-MM-DDThh:mm:ss" followed by "Z" or "±hh:mm"; the offset is applied.
/// Nothing for any other text, for a date that does not exist, and for a moment that in UTC lies
/// outside the years 0000 to 9999.
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text);

}  // namespace qanat
