#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"

/// How people write durations, sizes and moments in the configuration and on the command line.
namespace qanat::app {

/// A size in bytes.
struct ByteCount {
  std::int64_t value = 0;

  auto operator<=>(const ByteCount&) const = default;
};

/// "90s", "15m", "6h", "2d", or a bare number of seconds.
[[nodiscard]] std::optional<std::chrono::seconds> parse_duration(std::string_view text);
[[nodiscard]] std::string format_duration(std::chrono::seconds duration);

/// "500 kB" is not read; "512KiB", "8MiB", "1GiB" or a bare number of bytes is.
[[nodiscard]] std::optional<ByteCount> parse_byte_count(std::string_view text);
[[nodiscard]] std::string format_byte_count(ByteCount count);

/// "1 post", "2 posts".
template <std::integral Number>
[[nodiscard]] std::string counted(Number count, std::string_view singular) {
  return std::to_string(count) + " " + std::string(singular) + (count == 1 ? "" : "s");
}

/// "2026-07-24" (its first second, UTC) or "2026-07-24T09:00:05Z".
[[nodiscard]] std::optional<Instant> parse_moment(std::string_view text);

}  // namespace qanat::app
