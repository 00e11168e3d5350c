#include "app/schedule.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "support/catch.h"

using namespace qanat;
using namespace qanat::app;
using namespace std::chrono_literals;
using std::chrono::days;
using store::ChannelState;

namespace {

Instant at(const char* text) { return parse_instant(text).value(); }

const Instant kNight = at("2026-07-20T01:00:00Z");

Schedule nightly() { return {.window = parse_night_window("01:00-06:00").value()}; }
Schedule all_day() { return {.window = {}, .floor = 1h}; }

ChannelName name(int number) {
  return ChannelName::parse("channel_" + std::to_string(number)).value();
}

/// `count` posts, the latest now, one every `step`.
std::vector<Instant> published(int count, std::chrono::seconds step, Instant now) {
  std::vector<Instant> out;
  for (int i = 0; i < count; ++i) out.push_back(now - i * step);
  return out;
}

}  // namespace

TEST_CASE("a window is two times of the day, over midnight or of the whole day", "[schedule]") {
  CHECK(parse_night_window("01:00-06:00") == NightWindow{.begin = 1h, .length = 5h});
  CHECK(parse_night_window("22:30-04:00") ==
        NightWindow{.begin = 22h + 30min, .length = 5h + 30min});
  CHECK(parse_night_window("00:00-24:00") == NightWindow{});
  for (const char* wrong : {"",
                            "1:00-6:00",
                            "01:00",
                            "01:00-01:00",
                            "25:00-26:00",
                            "24:00-06:00",
                            "01:60-06:00",
                            "01:00 06:00",
                            "01:00-06:00 ",
                            "-1:00-06:00"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_night_window(wrong));
  }
}

TEST_CASE("a night is the one that lasts, else the next one", "[schedule]") {
  const NightWindow window = parse_night_window("22:30-04:00").value();
  const Night night{.begin = at("2026-07-19T22:30:00Z"), .end = at("2026-07-20T04:00:00Z")};

  CHECK(night_at(window, at("2026-07-19T12:00:00Z")) == night);
  CHECK(night_at(window, at("2026-07-19T22:30:00Z")) == night);
  CHECK(night_at(window, at("2026-07-20T03:59:59Z")) == night);
  CHECK(night_at(window, at("2026-07-20T04:00:00Z")).begin == night.begin + days{1});
  CHECK(night_before(window, at("2026-07-20T04:00:00Z")) == night);
  CHECK(night_before(window, at("2026-07-20T03:59:59Z")).begin == night.begin - days{1});
}

TEST_CASE("a channel's pace is that of its newest page, and falls when it falls silent",
          "[schedule]") {
  CHECK(posts_per_day({}, kNight) == 0);
  CHECK(std::abs(posts_per_day(published(20, 1h, kNight), kNight) - 24) < 2.4);
  CHECK(std::abs(posts_per_day(published(20, 24h, kNight), kNight) - 1) < 0.1);
  CHECK(std::abs(posts_per_day(published(20, 5min, kNight - days{20}), kNight) - 1) < 0.1);
  // Its first post a minute ago: not yet a thousand a day.
  CHECK(posts_per_day(published(1, 1min, kNight), kNight) < 20);
  // A date of the future is the page's error and no pace below zero.
  CHECK(posts_per_day(published(3, 1s, kNight + days{9}), kNight) > 0);
}

TEST_CASE("a visit is due when some posts are to be expected, within floor and ceiling",
          "[schedule]") {
  const Schedule schedule = nightly();

  CHECK(interval_of(schedule, kPostsPerVisit) == 24h);
  CHECK(interval_of(schedule, kPostsPerVisit / 3) == 72h);
  CHECK(interval_of(schedule, 10'000) == schedule.floor);
  CHECK(interval_of(schedule, 0.001) == schedule.ceiling);
  CHECK(interval_of(schedule, 0) == schedule.ceiling);
  CHECK(state_by_pace(schedule, 1.0 / 5) == ChannelState::live);
  CHECK(state_by_pace(schedule, 1.0 / 7) == ChannelState::slow);
  CHECK(state_by_pace(schedule, 0) == ChannelState::slow);
}

TEST_CASE("a channel without a preview is looked at ever more seldom, and never dropped",
          "[schedule]") {
  CHECK(probe_interval(ChannelState::gone, 0s) == days{1});
  CHECK(probe_interval(ChannelState::gone, days{7}) == days{7});
  CHECK(probe_interval(ChannelState::gone, days{9999}) == days{30});
  CHECK(probe_interval(ChannelState::no_preview, days{9999}) == days{14});
  CHECK(probe_interval(ChannelState::restricted, days{9999}) == days{7});
  CHECK(probe_interval(ChannelState::blocked, days{9999}) == days{7});
}

TEST_CASE("a nightly channel is visited once a night, at a minute of its own", "[schedule]") {
  const Schedule schedule = nightly();
  for (int i = 0; i < 200; ++i) {
    Instant visit = next_visit(schedule, name(i), 24h, kNight);
    for (int night = 0; night < 5; ++night) {
      // A visit is never on the second: others were before it.
      const Instant next = next_visit(schedule, name(i), 24h, visit + 20s);
      CHECK(next == visit + days{1});
      visit = next;
    }
  }
}

TEST_CASE("a channel at the ceiling is visited within it, nights apart", "[schedule]") {
  const Schedule schedule = nightly();
  for (int i = 0; i < 200; ++i) {
    const Instant visit = next_visit(schedule, name(i), 24h, kNight) + 40s;

    const Instant next = next_visit(schedule, name(i), schedule.ceiling, visit);

    CHECK(next <= visit + schedule.ceiling);
    CHECK(next >= visit + days{4});
    CHECK(night_at(schedule.window, next).holds(next));
  }
}

TEST_CASE("channels that were added together part over the nights and over the night",
          "[schedule]") {
  const Schedule schedule = nightly();
  std::map<days, int> nights;
  std::map<std::chrono::minutes, int> minutes;
  constexpr int kChannels = 3000;
  for (int i = 0; i < kChannels; ++i) {
    const Instant visit = next_visit(schedule, name(i), 24h, kNight) + 20s;
    const Instant next = next_visit(schedule, name(i), schedule.ceiling, visit);
    const Instant day = std::chrono::floor<days>(next);
    ++nights[std::chrono::floor<days>(day - std::chrono::floor<days>(visit))];
    ++minutes[std::chrono::floor<std::chrono::minutes>(next - day)];
  }

  CHECK(nights.size() >= 2);
  for (const auto& [night, visits] : nights) CHECK(visits < kChannels * 3 / 4);
  for (const auto& [minute, visits] : minutes) CHECK(visits < kChannels / 50);
}

TEST_CASE("a night that was missed does not delay the one after it", "[schedule]") {
  const Schedule schedule = nightly();
  const Instant noon = at("2026-07-20T12:00:00Z");

  for (int i = 0; i < 200; ++i) {
    const Instant next = next_visit(schedule, name(i), 24h, noon);
    CHECK(night_at(schedule.window, noon).holds(next));
  }
}

TEST_CASE("no visit comes sooner than the floor, whatever window and pace", "[schedule]") {
  for (const char* window : {"01:00-06:00", "18:00-06:00", "00:00-24:00"}) {
    for (const std::chrono::seconds floor : {6h, 12h, 24h}) {
      const Schedule schedule{.window = parse_night_window(window).value(), .floor = floor};
      for (const auto interval : {floor, floor + 1h, floor + 20h, floor + 70h}) {
        for (int i = 0; i < 100; ++i) {
          CAPTURE(window, floor.count(), interval.count(), i);
          const Instant now = kNight + i * 47min;
          const Instant next = next_visit(schedule, name(i), interval, now);

          CHECK(next >= now + floor);
          CHECK(next <= now + interval + days{2});
          CHECK(night_at(schedule.window, next).holds(next));
        }
      }
    }
  }
}

TEST_CASE("a floor of a day is a visit a night, not every other night", "[schedule]") {
  Schedule schedule = nightly();
  schedule.floor = 24h;
  constexpr int kChannels = 100;
  int visits = 0;
  for (int i = 0; i < kChannels; ++i) {
    Instant visit = next_visit(schedule, name(i), 24h, kNight - days{1}) + 20s;
    for (const Instant end = visit + days{30}; visit < end; ++visits) {
      visit = next_visit(schedule, name(i), 24h, visit) + 20s;
    }
  }
  CHECK(visits > kChannels * 29);  // a minute at the very end of the night may miss one
}

TEST_CASE("a channel that is gone is not looked at again within the day", "[schedule]") {
  for (const Schedule& schedule : {nightly(), all_day()}) {
    for (int i = 0; i < 100; ++i) {
      const Instant next = next_probe(schedule, name(i), ChannelState::gone, 0s, kNight);

      CHECK(next >= kNight + days{1});
      CHECK(next <= kNight + days{3});
    }
  }
}

TEST_CASE("where the window is the whole day, a busy channel is visited several times a day",
          "[schedule]") {
  const Instant next = next_visit(all_day(), name(1), 2h, kNight);

  CHECK(next <= kNight + 2h);
  CHECK(next >= kNight + 90min);
}

TEST_CASE("a busy channel's next visit after the night has ended is in the next night",
          "[schedule]") {
  Schedule schedule = nightly();
  schedule.floor = 1h;
  std::set<Instant> moments;
  for (int i = 0; i < 100; ++i) {
    moments.insert(next_visit(schedule, name(i), 1h, at("2026-07-20T05:50:00Z")));
  }

  CHECK(moments.size() > 90);
  CHECK(*moments.begin() >= at("2026-07-21T01:00:00Z"));
  CHECK(*moments.rbegin() < at("2026-07-21T06:00:00Z"));
}

TEST_CASE("channels that fail in the same second are tried again at different ones", "[schedule]") {
  for (const Schedule& schedule : {nightly(), all_day()}) {
    for (const char* moment : {"2026-07-20T01:30:00Z", "2026-07-20T05:59:00Z"}) {
      std::map<Instant, int> seconds;
      for (int i = 0; i < 1000; ++i) ++seconds[next_try(schedule, name(i), 1, at(moment))];

      for (const auto& [second, tries] : seconds) CHECK(tries <= 20);
      CHECK(seconds.begin()->first >= at(moment) + 5min);
    }
  }
}

TEST_CASE("each further failure in a row waits longer, up to a day", "[schedule]") {
  const auto longest = [](int failures) {
    Instant latest{};
    for (int i = 0; i < 300; ++i) {
      latest = std::max(latest, next_try(all_day(), name(i), failures, kNight));
    }
    return latest - kNight;
  };

  CHECK(longest(1) <= 1h);
  CHECK(longest(2) > 1h);
  CHECK(longest(3) > 2h);
  CHECK(longest(100) > 12h);
  CHECK(longest(100) <= 24h);
}

TEST_CASE("a run within a night, or shortly before it, makes all visits of the night") {
  const NightWindow window = parse_night_window("23:30-04:00").value();
  const Instant evening = at("2026-07-20T23:05:00Z");
  const Instant night_ends = at("2026-07-21T04:00:00Z");

  CHECK(due_until(window, evening) == night_ends);
  CHECK(due_until(window, evening + 1h) == night_ends);
  CHECK(due_until(window, evening - 12h) == evening - 12h);
  CHECK(due_until(window, night_ends) == night_ends);
}
