#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace qanat {

/// A moment in UTC, whole seconds: the resolution of Telegram's page and of our records.
using Instant = std::chrono::sys_seconds;

/// Nothing for what lies outside the years 0000 to 9999, which no record holds.
[[nodiscard]] std::optional<Instant> instant_at(std::int64_t unix_seconds);

/// "2025-07-24T09:00:05Z".
[[nodiscard]] std::string format_instant(Instant instant);

/// Reads "YYYY-MM-DDThh:mm:ss" followed by "Z" or "±hh:mm"; the offset is applied.
/// Nothing for any other text, for a date that does not exist, and as instant_at().
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text);

}  // namespace qanat
