#include "app/schedule.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>

#include "base/number.h"
#include "base/sha256.h"

namespace qanat::app {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// "HH:MM" as minutes; nothing when it is none. 24:00 is one.
std::optional<minutes> parse_clock(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const int hour = read_number<int>(text.substr(0, 2)).value_or(-1);
  const int minute = read_number<int>(text.substr(3)).value_or(-1);
  const bool is_time = hour >= 0 && hour < 24 && minute >= 0 && minute < 60;
  if (!is_time && (hour != 24 || minute != 0)) return std::nullopt;
  return hours{hour} + minutes{minute};
}

Night night_of(const NightWindow& window, Instant day) {
  return {.begin = day + window.begin, .end = day + window.begin + window.length};
}

/// A number in [0, 1) that depends on the channel and on `salt` alone, the same on every machine.
double share(const ChannelName& channel, std::string_view salt) {
  constexpr std::size_t kDigits = 13;  // 52 bits: what a double holds
  const std::uint64_t bits = sha256_number(channel.str() + "\n" + std::string(salt), kDigits);
  return std::ldexp(static_cast<double>(bits), -4 * static_cast<int>(kDigits));
}

std::string salt_of(Instant moment) { return std::to_string(moment.time_since_epoch().count()); }

seconds part(seconds whole, double fraction) {
  return seconds{static_cast<std::int64_t>(static_cast<double>(whole.count()) * fraction)};
}

/// The channel's own moment of a night.
Instant slot(const Night& night, const ChannelName& channel) {
  return night.begin + part(night.end - night.begin, share(channel, "slot"));
}

/// A channel's moment of a night; `allowed`, where that comes less than an hour later and in the
/// same night: a visit takes a while, and its channel would miss every other night.
Instant not_before(Instant allowed, Instant own, const NightWindow& window) {
  const bool is_late = own < allowed && allowed < own + hours{1};
  return is_late && night_at(window, own) == night_at(window, allowed) ? allowed : own;
}

}  // namespace

std::optional<NightWindow> parse_night_window(std::string_view text) {
  constexpr std::size_t kDash = 5;
  if (text.size() <= kDash || text[kDash] != '-') return std::nullopt;
  const auto begin = parse_clock(text.substr(0, kDash));
  const auto end = parse_clock(text.substr(kDash + 1));
  if (!begin || !end || *begin >= days{1}) return std::nullopt;
  minutes length = *end - *begin;
  if (length < minutes::zero()) length += days{1};
  if (length == minutes::zero()) return std::nullopt;
  return NightWindow{.begin = *begin, .length = length};
}

Night night_at(const NightWindow& window, Instant moment) {
  const Instant today = floor<days>(moment);
  const Night last = night_of(window, today - days{1});  // may reach over midnight
  if (last.holds(moment)) return last;
  const Night night = night_of(window, today);
  return moment < night.end ? night : night_of(window, today + days{1});
}

Night night_before(const NightWindow& window, Instant moment) {
  Night night = night_of(window, floor<days>(moment));
  while (night.end > moment) night = {.begin = night.begin - days{1}, .end = night.end - days{1}};
  return night;
}

Instant due_until(const NightWindow& window, Instant now) {
  constexpr hours kShortlyBefore{3};  // a timer in local time, or one that is early
  const Night night = night_at(window, now);
  return night.begin <= now + kShortlyBefore ? night.end : now;
}

double posts_per_day(std::span<const Instant> published, Instant now) {
  // Half a post in a tenth of a day: tells a new channel from a busy one, and is soon outweighed.
  constexpr double kPriorPosts = 0.5;
  constexpr double kPriorDays = 0.1;
  if (published.empty()) return 0;
  const Instant oldest = std::min(*std::ranges::min_element(published), now);
  const double span = std::chrono::duration<double, days::period>(now - oldest).count();
  return (static_cast<double>(published.size()) + kPriorPosts) / (span + kPriorDays);
}

seconds interval_of(const Schedule& schedule, double posts_per_day) {
  const double wanted = kPostsPerVisit / posts_per_day;  // infinite for 0
  const double longest = std::chrono::duration<double, days::period>(schedule.ceiling).count();
  if (!(wanted < longest)) return schedule.ceiling;
  return std::max(schedule.floor, part(days{1}, wanted));
}

store::ChannelState state_by_pace(const Schedule& schedule, double posts_per_day) {
  const double ceiling = std::chrono::duration<double, days::period>(schedule.ceiling).count();
  return posts_per_day * ceiling < 1 ? store::ChannelState::slow : store::ChannelState::live;
}

seconds probe_interval(store::ChannelState state, seconds in_state) {
  constexpr seconds kSoonest = days{1};
  constexpr seconds kWeek = days{7};
  constexpr seconds kFortnight = days{14};
  constexpr seconds kMonth = days{30};
  switch (state) {
    case store::ChannelState::no_preview: return std::clamp(in_state, kSoonest, kFortnight);
    case store::ChannelState::gone: return std::clamp(in_state, kSoonest, kMonth);
    case store::ChannelState::restricted:
    case store::ChannelState::blocked: return std::clamp(in_state, kSoonest, kWeek);
    case store::ChannelState::fresh:
    case store::ChannelState::taken:
    case store::ChannelState::renamed:
    case store::ChannelState::redacted:
    case store::ChannelState::live:
    case store::ChannelState::slow: return kSoonest;
  }
  return kSoonest;
}

Instant next_visit(const Schedule& schedule,
                   const ChannelName& channel,
                   seconds interval,
                   Instant now) {
  constexpr double kSpread = 0.25;
  const Instant allowed = now + schedule.floor;
  const Instant target =
      std::max(allowed, now + part(interval, 1 - kSpread * share(channel, salt_of(now))));
  const Night night = night_at(schedule.window, target);
  const Instant own = slot(night, channel);
  // Several visits a night: one's own minute would be one a night.
  if (interval < night.end - night.begin) return night.holds(target) ? target : own;
  // A visit made up for at the night's beginning must not be made again at the channel's minute.
  const Instant soonest = std::max(allowed, now + interval / 2);
  std::optional<Instant> best;
  std::optional<Instant> first;
  for (const days shift : {days{-1}, days{0}, days{1}}) {
    const Instant candidate = not_before(allowed, own + shift, schedule.window);
    if (candidate < soonest) continue;
    if (!first) first = candidate;
    if (candidate > now + interval) continue;
    if (!best || abs(candidate - target) < abs(*best - target)) best = candidate;
  }
  return best.value_or(first.value_or(own + days{1}));
}

Instant next_probe(const Schedule& schedule,
                   const ChannelName& channel,
                   store::ChannelState state,
                   seconds in_state,
                   Instant now) {
  Schedule unhurried = schedule;
  unhurried.floor = std::max<seconds>(schedule.floor, days{1});
  return next_visit(unhurried, channel, probe_interval(state, in_state), now);
}

Instant next_try(const Schedule& schedule, const ChannelName& channel, int failures, Instant now) {
  constexpr int kMostDoublings = 5;
  constexpr seconds kSoonest = minutes{5};
  const int doublings = std::clamp(failures - 1, 0, kMostDoublings);
  const seconds longest = std::min<seconds>(hours{1} * (1 << doublings), days{1});
  const double where = share(channel, salt_of(now));
  const Instant target = now + kSoonest + part(longest - kSoonest, where);
  const Night night = night_at(schedule.window, target);
  return night.holds(target) ? target : night.begin + part(night.end - night.begin, where);
}

}  // namespace qanat::app
