#include "app/units.h"

#include <array>
#include <charconv>
#include <limits>
#include <span>

namespace qanat::app {
namespace {

struct Unit {
  std::string_view suffix;
  std::int64_t factor;
};

// Largest first: that is the one to print with.
constexpr std::array<Unit, 4> kDurations = {{{.suffix = "d", .factor = 86400},
                                             {.suffix = "h", .factor = 3600},
                                             {.suffix = "m", .factor = 60},
                                             {.suffix = "s", .factor = 1}}};
constexpr std::array<Unit, 3> kSizes = {{{.suffix = "GiB", .factor = std::int64_t{1} << 30},
                                         {.suffix = "MiB", .factor = std::int64_t{1} << 20},
                                         {.suffix = "KiB", .factor = std::int64_t{1} << 10}}};

std::optional<std::int64_t> parse_scaled(std::string_view text, std::span<const Unit> units) {
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || number < 0) return std::nullopt;
  const std::string_view suffix(stop, static_cast<std::size_t>(end - stop));
  if (suffix.empty()) return number;
  for (const Unit& unit : units) {
    if (suffix != unit.suffix) continue;
    if (number > std::numeric_limits<std::int64_t>::max() / unit.factor) return std::nullopt;
    return number * unit.factor;
  }
  return std::nullopt;
}

std::string format_scaled(std::int64_t value, std::span<const Unit> units) {
  for (const Unit& unit : units) {
    if (value != 0 && value % unit.factor == 0) {
      return std::to_string(value / unit.factor) + std::string(unit.suffix);
    }
  }
  return std::to_string(value);
}

}  // namespace

std::optional<std::chrono::seconds> parse_duration(std::string_view text) {
  const auto value = parse_scaled(text, kDurations);
  if (!value) return std::nullopt;
  return std::chrono::seconds{*value};
}

std::string format_duration(std::chrono::seconds duration) {
  return duration.count() == 0 ? "0s" : format_scaled(duration.count(), kDurations);
}

std::optional<ByteCount> parse_byte_count(std::string_view text) {
  const auto value = parse_scaled(text, kSizes);
  if (!value) return std::nullopt;
  return ByteCount{*value};
}

std::string format_byte_count(ByteCount count) { return format_scaled(count.value, kSizes); }

std::optional<Instant> parse_moment(std::string_view text) {
  constexpr std::size_t kDateSize = 10;  // "YYYY-MM-DD"
  if (text.size() == kDateSize) return parse_instant(std::string(text) + "T00:00:00Z");
  return parse_instant(text);
}

}  // namespace qanat::app
