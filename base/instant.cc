#include "base/instant.h"

#include <array>
#include <cstdio>

#include "base/number.h"

namespace qanat {
namespace {

/// What four digits of a year can say.
constexpr Instant kFirst = std::chrono::sys_days{std::chrono::year{0} / 1 / 1};
constexpr Instant kEnd = std::chrono::sys_days{std::chrono::year{10000} / 1 / 1};

/// Exactly `text`, all digits, as a number.
std::optional<int> digits(std::string_view text) {
  return text.starts_with('-') ? std::nullopt : read_number<int>(text);
}

/// "Z" or "±hh:mm", as what must be subtracted to get UTC.
std::optional<std::chrono::minutes> parse_zone(std::string_view zone) {
  if (zone == "Z") return std::chrono::minutes{0};
  if (zone.size() != 6 || zone[3] != ':' || (zone[0] != '+' && zone[0] != '-')) return std::nullopt;
  const auto hours = digits(zone.substr(1, 2));
  const auto minutes = digits(zone.substr(4, 2));
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  const std::chrono::minutes offset{*hours * 60 + *minutes};
  return zone[0] == '+' ? offset : -offset;
}

std::optional<std::chrono::seconds> parse_time_of_day(std::string_view text) {
  const auto hours = digits(text.substr(0, 2));
  const auto minutes = digits(text.substr(3, 2));
  const auto seconds = digits(text.substr(6, 2));
  if (!hours || !minutes || !seconds || *hours > 23 || *minutes > 59 || *seconds > 59) {
    return std::nullopt;
  }
  return std::chrono::hours{*hours} + std::chrono::minutes{*minutes} +
         std::chrono::seconds{*seconds};
}

}  // namespace

std::optional<Instant> instant_at(std::int64_t unix_seconds) {
  const Instant instant{std::chrono::seconds{unix_seconds}};
  if (instant < kFirst || instant >= kEnd) return std::nullopt;
  return instant;
}

std::string format_instant(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{instant - day};
  std::array<char, 32> out{};
  const int size = std::snprintf(out.data(),
                                 out.size(),
                                 "%04d-%02u-%02uT%02d:%02d:%02dZ",
                                 static_cast<int>(date.year()),
                                 static_cast<unsigned>(date.month()),
                                 static_cast<unsigned>(date.day()),
                                 static_cast<int>(time.hours().count()),
                                 static_cast<int>(time.minutes().count()),
                                 static_cast<int>(time.seconds().count()));
  return {out.data(), static_cast<std::size_t>(size)};
}

std::optional<Instant> parse_instant(std::string_view text) {
  constexpr std::size_t kZoneAt = 19;  // after "YYYY-MM-DDThh:mm:ss"
  if (text.size() <= kZoneAt || text[4] != '-' || text[7] != '-' || text[10] != 'T' ||
      text[13] != ':' || text[16] != ':') {
    return std::nullopt;
  }
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  const auto time = parse_time_of_day(text.substr(11, 8));
  const auto zone = parse_zone(text.substr(kZoneAt));
  if (!year || !month || !day || !time || !zone) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  const Instant instant = std::chrono::sys_days{date} + *time - *zone;
  return instant_at(instant.time_since_epoch().count());
}

}  // namespace qanat
