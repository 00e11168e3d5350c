// Five thousand channels over thirty nights, in a fake time: what the schedule and the gate promise
// together, and what they cost beside a crawler that visits every channel every night.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "app/schedule.h"
#include "crawler/host_gate.h"
#include "support/catch.h"
#include "support/random.h"

using namespace qanat;
using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::seconds;

namespace {

constexpr int kChannels = 5000;
constexpr int kNights = 30;
constexpr int kPostsPerPage = 20;
const Instant kBegin = parse_instant("2026-07-01T00:00:00Z").value();

std::int64_t ms(Instant moment) {
  return std::chrono::milliseconds{moment.time_since_epoch()}.count();
}

struct Channel {
  ChannelName name;
  std::vector<Instant> posts;  ///< all that it will ever have, ascending
  std::size_t stored = 0;      ///< so many of them
  int failures = 0;
  std::vector<Instant> visits;  ///< that succeeded

  /// Posts that are there at `now`.
  [[nodiscard]] std::size_t shown(Instant now) const {
    return static_cast<std::size_t>(std::ranges::upper_bound(posts, now) - posts.begin());
  }
  /// Pages to read from the newest post back to the newest stored one.
  [[nodiscard]] int pages(Instant now) const {
    const auto fresh = static_cast<int>(shown(now) - stored);
    return std::max(1, (fresh + kPostsPerPage) / kPostsPerPage);
  }
};

/// From one post in two weeks to twenty a day, as many channels at each order of magnitude; with a
/// past of two months.
Channel made_channel(int number, test::Random& random) {
  constexpr double kSlowest = 1.0 / 14;
  constexpr double kFastest = 20;
  constexpr std::uint64_t kSteps = 1000;
  const double where = static_cast<double>(random.below(kSteps)) / kSteps;
  const double per_day = kSlowest * std::pow(kFastest / kSlowest, where);
  Channel channel{.name = ChannelName::parse("room_number_" + std::to_string(number)).value()};
  const Instant end = kBegin + days{kNights + 1};
  for (Instant at = kBegin - days{60}; at < end;) {
    const double share = static_cast<double>(random.below(kSteps) + 1) / (kSteps + 1);
    at += seconds{1 + static_cast<std::int64_t>(-std::log(share) / per_day * 86'400)};
    if (at < end) channel.posts.push_back(at);
  }
  return channel;
}

/// The daemon in small: visits what is due, one request after another through the gate.
class Simulation {
 public:
  Simulation() {
    test::Random random(20260701);
    for (int i = 0; i < kChannels; ++i) {
      channels.push_back(made_channel(i, random));
      channels.back().stored = channels.back().shown(kBegin - days{1});
      // As if each had been visited the day before.
      due_.emplace(app::next_visit(schedule_, channels.back().name, days{1}, kBegin - days{1}), i);
    }
  }

  void run() {
    for (int night = 0; night < kNights; ++night) spend(kBegin + days{night});
  }

  std::vector<Channel> channels;
  std::vector<std::int64_t> asked_ms;  ///< every request
  std::map<Instant, int> retries;      ///< planned after the outage, by second
  std::pair<Instant, Instant> outage{kBegin + days{9} + 2h, kBegin + days{9} + 2h + 10min};

 private:
  void spend(Instant day) {
    const app::Night night = app::night_at(schedule_.window, day);
    now_ms_ = std::max(now_ms_, ms(night.begin));
    while (!due_.empty() && due_.begin()->first < night.end && now_ms_ < ms(night.end)) {
      const auto [at, number] = *due_.begin();
      due_.erase(due_.begin());
      now_ms_ = std::max(now_ms_, ms(at));
      visit(number);
    }
  }

  [[nodiscard]] Instant now() const {
    return std::chrono::floor<seconds>(
        std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds{now_ms_}));
  }

  /// Whether it was answered well.
  bool ask() {
    now_ms_ += gate_.wait(now_ms_).count();
    gate_.asked(now_ms_);
    asked_ms.push_back(now_ms_);
    const bool down = now() >= outage.first && now() < outage.second;
    if (down) {
      gate_.answered_badly(now_ms_, std::nullopt);
    } else {
      gate_.answered_well();
    }
    return !down;
  }

  void visit(int number) {
    Channel& channel = channels[static_cast<std::size_t>(number)];
    for (int page = channel.pages(now()); page > 0; --page) {
      if (ask()) continue;
      const Instant next = app::next_try(schedule_, channel.name, ++channel.failures, now());
      ++retries[next];
      due_.emplace(next, number);
      return;
    }
    channel.failures = 0;
    channel.visits.push_back(now());
    const std::size_t shown = channel.shown(now());
    channel.stored = shown;
    const std::size_t on_page = std::min<std::size_t>(shown, kPostsPerPage);
    const std::span<const Instant> newest(channel.posts.data() + (shown - on_page), on_page);
    const seconds interval = app::interval_of(schedule_, app::posts_per_day(newest, now()));
    due_.emplace(app::next_visit(schedule_, channel.name, interval, now()), number);
  }

  app::Schedule schedule_{.window = app::parse_night_window("01:00-06:00").value()};
  crawler::HostGate gate_{{}, {}, ms(kBegin)};
  std::int64_t now_ms_ = ms(kBegin);
  std::set<std::pair<Instant, int>> due_;
};

const Simulation& simulated() {
  static const Simulation simulation = [] {
    Simulation made;
    made.run();
    return made;
  }();
  return simulation;
}

/// What a crawler asks that visits every channel once a night.
std::size_t naive_requests() {
  std::size_t requests = 0;
  for (Channel channel : simulated().channels) {
    channel.stored = channel.shown(kBegin - days{1});
    for (int night = 0; night < kNights; ++night) {
      const Instant at = kBegin + days{night} + 3h;
      requests += static_cast<std::size_t>(channel.pages(at));
      channel.stored = channel.shown(at);
    }
  }
  return requests;
}

}  // namespace

TEST_CASE("over thirty nights the hosts are never asked faster than the rate in any ten seconds",
          "[nights]") {
  const auto& asked = simulated().asked_ms;

  REQUIRE(asked.size() > 10);
  for (std::size_t i = 10; i < asked.size(); ++i) REQUIRE(asked[i] - asked[i - 10] >= 10'000);
}

TEST_CASE("channels that failed in an outage do not come back together", "[nights]") {
  const auto& retries = simulated().retries;
  int all = 0;
  int most = 0;
  for (const auto& [second, channels] : retries) {
    all += channels;
    most = std::max(most, channels);
  }

  REQUIRE(all >= 12);
  CHECK(most <= std::max(1, all / 50));
}

TEST_CASE("every channel is visited at least once in seven nights", "[nights]") {
  for (const Channel& channel : simulated().channels) {
    CAPTURE(channel.name.str());
    Instant last = kBegin - days{1};
    for (const Instant visit : channel.visits) {
      REQUIRE(visit - last <= days{7});
      last = visit;
    }
    REQUIRE(kBegin + days{kNights} - last <= days{7});
  }
}

TEST_CASE("posts are stored within a week, at half the requests of nightly visits or fewer",
          "[nights]") {
  std::size_t stored = 0;
  for (const Channel& channel : simulated().channels) {
    REQUIRE(channel.stored >= channel.shown(kBegin + days{kNights - 7}));
    stored += channel.stored - channel.shown(kBegin - days{1});
  }
  const auto ours = static_cast<double>(simulated().asked_ms.size());
  const auto naive = static_cast<double>(naive_requests());

  std::printf("%.3f requests a new post, %.3f of a nightly visit to all: %.2f times\n",
              ours / static_cast<double>(stored),
              naive / static_cast<double>(stored),
              ours / naive);
  CHECK(ours <= naive / 2);
}
