#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string_view>

#include "base/channel_name.h"
#include "base/instant.h"
#include "store/store.h"

/// When a channel is visited next. Pure: the same arguments give the same moment for ever.
namespace qanat::app {

/// The hours of each day in which channels are visited. UTC, as every moment of ours.
struct NightWindow {
  std::chrono::minutes begin{};                        ///< after midnight; below a day
  std::chrono::minutes length = std::chrono::days{1};  ///< above zero, a day at most

  bool operator==(const NightWindow&) const = default;
};

/// "01:00-06:00", "22:30-04:00" over midnight, "00:00-24:00" for the whole day.
[[nodiscard]] std::optional<NightWindow> parse_night_window(std::string_view text);

/// One day's window: half-open.
struct Night {
  Instant begin;
  Instant end;

  [[nodiscard]] bool holds(Instant moment) const { return begin <= moment && moment < end; }
  bool operator==(const Night&) const = default;
};

/// The night that holds `moment`, else the first one after it.
[[nodiscard]] Night night_at(const NightWindow& window, Instant moment);
/// The latest night that has ended at `moment`.
[[nodiscard]] Night night_before(const NightWindow& window, Instant moment);

/// Until when a visit counts as due for a run that begins at `now` and is the night's only one: a
/// run within the night, or a few hours before it, makes all visits of this night.
[[nodiscard]] Instant due_until(const NightWindow& window, Instant now);

struct Schedule {
  NightWindow window;
  std::chrono::seconds floor = std::chrono::hours{6};   ///< a channel is not visited more often
  std::chrono::seconds ceiling = std::chrono::days{6};  ///< nor, as long as it lives, less often
};

/// How much a channel posts, from the dates of the posts on its newest page: the page shows the
/// latest ones up to now, so it needs no memory of earlier visits and follows a channel that falls
/// silent. Of a page without dates: 0.
[[nodiscard]] double posts_per_day(std::span<const Instant> published, Instant now);

/// After how long a visit finds kPostsPerVisit new posts, within floor and ceiling.
[[nodiscard]] std::chrono::seconds interval_of(const Schedule& schedule, double posts_per_day);

/// A visit costs one request however little is new, and a page holds up to 20 posts: half of that
/// leaves room for a busy day on one page.
inline constexpr double kPostsPerVisit = 8;

/// live, or slow when less than one post is expected within the ceiling.
[[nodiscard]] store::ChannelState state_by_pace(const Schedule& schedule, double posts_per_day);

/// After how long a channel without a preview is looked at again. It grows with the time since the
/// channel was first found so, from a day to two weeks (no_preview), a week (restricted, blocked)
/// or a month (gone), and never ends.
[[nodiscard]] std::chrono::seconds probe_interval(store::ChannelState state,
                                                  std::chrono::seconds in_state);

/// When to visit after a success at `now`: about `interval` later, at the channel's own minute of
/// the night. Up to a quarter earlier, differently each time, so that channels that were added
/// together part; never later than `interval`, unless no night comes before; never sooner than
/// the floor.
[[nodiscard]] Instant next_visit(const Schedule& schedule,
                                 const ChannelName& channel,
                                 std::chrono::seconds interval,
                                 Instant now);

/// When to look again, after a look at `now`, at a channel without posts to show: after
/// probe_interval(), a day at least.
[[nodiscard]] Instant next_probe(const Schedule& schedule,
                                 const ChannelName& channel,
                                 store::ChannelState state,
                                 std::chrono::seconds in_state,
                                 Instant now);

/// When to try again after the `failures`-th failure in a row: up to an hour later, twice that
/// after each further one up to a day; anywhere in that time, so that channels that failed together
/// do not come back together. A moment outside the night moves into the next one.
[[nodiscard]] Instant next_try(const Schedule& schedule,
                               const ChannelName& channel,
                               int failures,
                               Instant now);

}  // namespace qanat::app
