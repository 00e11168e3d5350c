// A month of nights in a second: the daemon, its schedule, the walk, the fetcher and the host gate
// as they are, over a Telegram that is a table and a store in memory.
#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "app/daemon.h"
#include "app/fake_operator.h"
#include "app/page_fetcher.h"
#include "crawler/host_gate.h"
#include "crawler/walk.h"
#include "support/catch.h"
#include "support/random.h"

using namespace qanat;
using namespace std::chrono_literals;
using std::chrono::days;

namespace {

constexpr int kChannels = 5000;
constexpr int kNights = 30;
constexpr std::size_t kPageSize = 20;
constexpr std::size_t kBlocked = 5;  ///< channels that are always refused
constexpr double kRate = 1.0;        ///< requests per second
constexpr std::size_t kMostInTenSeconds = 10;
const Instant kStart = parse_instant("2026-07-01T12:00:00Z").value();
const Instant kEnd = kStart + days{kNights};

struct SimulatedChannel {
  ChannelName name;
  std::vector<Instant> posts;    ///< message id - 1 → published
  std::vector<bool> stored;      ///< the same
  std::vector<Instant> visited;  ///< with success
  bool blocked = false;

  [[nodiscard]] std::size_t published(Instant now) const {
    return static_cast<std::size_t>(std::ranges::upper_bound(posts, now) - posts.begin());
  }
};

/// Most channels post seldom, a few very much: posts per day, 0 for one in ten.
double pace(test::Random& random) {
  const std::uint64_t percent = random.below(100);
  const auto between = [&](double low, double high) {
    return low * std::pow(high / low, static_cast<double>(random.below(1000)) / 1000);
  };
  if (percent < 10) return 0;
  if (percent < 45) return between(0.05, 0.3);
  if (percent < 75) return between(0.3, 1.5);
  return percent < 95 ? between(1.5, 8) : between(8, 60);
}

std::vector<Instant> posts_at(double per_day, test::Random& random) {
  std::vector<Instant> posts;
  if (per_day <= 0) return posts;
  const double mean = 86400 / per_day;
  const Instant begin = kStart - days{5};
  for (double at = 0; begin + std::chrono::seconds(static_cast<std::int64_t>(at)) < kEnd;) {
    const double uniform = static_cast<double>(random.below(1'000'000) + 1) / 1'000'000;
    at -= std::log(uniform) * mean;
    posts.push_back(begin + std::chrono::seconds(static_cast<std::int64_t>(at)));
  }
  return posts;
}

/// Answers without bodies: what a page shows is read from the table.
class SimulatedHosts final : public crawler::Transport {
 public:
  explicit SimulatedHosts(test::FakeOperator& clock) : clock_(clock) {}

  std::vector<std::int64_t> asked;  ///< milliseconds
  bool refuse = false;              ///< the channel is blocked

  Result<crawler::Answer> fetch(const crawler::Request& request) override {
    asked.push_back(clock_.now_ms());
    clock_.advance(300ms);
    const Instant now = clock_.now();
    if (now >= dead_.begin && now < dead_.end) return fail(Errc::network, "no route to host");
    crawler::Answer answer{.status = 200, .url = request.url};
    if (now >= throttled_.begin && now < throttled_.end) {
      answer.status = 429;
      answer.retry_after = 10min;
    } else if (refuse) {
      answer.status = 403;
    } else if (random_.one_in(2000)) {
      answer.status = 500;
    }
    return answer;
  }

 private:
  test::FakeOperator& clock_;
  test::Random random_{7};
  app::Night dead_{.begin = kStart + days{5} + 14h, .end = kStart + days{5} + 14h + 20min};
  app::Night throttled_{.begin = kStart + days{12} + 14h, .end = kStart + days{12} + 14h + 1min};
};

/// As app::visit() does, without bytes: the walk decides, the store keeps the channel's row.
class SimulatedVisitor final : public app::NightVisitor {
 public:
  explicit SimulatedVisitor(test::FakeOperator& clock) : clock_(clock) {
    test::Random random(20260701);
    for (int i = 0; i < kChannels; ++i) {
      SimulatedChannel channel{.name = ChannelName::parse("room_" + std::to_string(i)).value()};
      channel.posts = posts_at(pace(random), random);
      channel.stored.resize(channel.posts.size());
      channel.blocked = channels.size() < kBlocked;
      REQUIRE(store.add_channel(channel.name, kStart));
      channels.emplace(channel.name.str(), std::move(channel));
    }
  }

  store::Store store = store::Store::create(":memory:").value();
  std::map<std::string, SimulatedChannel> channels;

  Result<app::VisitReport> visit(const app::VisitPlan& plan, const app::OnPage& on_page) override;

  [[nodiscard]] int requests() const override { return fetcher_.requests(); }
  [[nodiscard]] app::VisitSettings settings() const override {
    return {.max_pages = 50,
            .recheck = days{1},
            .schedule = {.window = app::parse_night_window("01:00-06:00").value()}};
  }
  [[nodiscard]] app::RunBudget budget() const override { return {}; }
  [[nodiscard]] std::int64_t max_unknown_markup() const override { return 10; }
  void try_anew() override { fetcher_.try_anew(); }
  [[nodiscard]] std::chrono::milliseconds pause() override { return gate_.wait(clock_.now_ms()); }
  Result<void> reload() override { return {}; }

  [[nodiscard]] const std::vector<std::int64_t>& asked() const { return hosts_.asked; }

 private:
  [[nodiscard]] ChannelPage page_of(const SimulatedChannel& channel,
                                    std::optional<MessageId> before) const;

  test::FakeOperator& clock_;
  SimulatedHosts hosts_{clock_};
  crawler::HostGate gate_{{.max_rate = kRate}, {}, clock_.now_ms()};
  app::PageFetcher fetcher_{hosts_, gate_, clock_, store, {"https://t.me", "https://telegram.me"}};
};

ChannelPage SimulatedVisitor::page_of(const SimulatedChannel& channel,
                                      std::optional<MessageId> before) const {
  ChannelPage page{.kind = PageKind::channel};
  const auto newest = static_cast<MessageId>(channel.published(clock_.now()));
  const MessageId last = before ? std::min(*before - 1, newest) : newest;
  const MessageId first = std::max<MessageId>(1, last - static_cast<MessageId>(kPageSize) + 1);
  for (MessageId id = first; id <= last; ++id) {
    page.posts.push_back({.id = {.channel = channel.name, .message = id},
                          .published_at = channel.posts[static_cast<std::size_t>(id - 1)]});
  }
  return page;
}

Result<app::VisitReport> SimulatedVisitor::visit(const app::VisitPlan& plan,
                                                 const app::OnPage& on_page) {
  SimulatedChannel& channel = channels.at(plan.known.name.str());
  const app::VisitSettings& how = plan.settings;
  app::VisitReport report;
  store::PageCommit commit{.channel = channel.name,
                           .run = plan.run,
                           .provenance = {.fetched_at = clock_.now(), .host = "t.me"}};
  crawler::Walk walk(plan.known.settled, how.max_pages, std::nullopt, clock_.now() - how.recheck);
  for (std::optional<crawler::WalkEnd> end; !end;) {
    hosts_.refuse = channel.blocked;
    const auto answer = fetcher_.preview(channel.name, walk.before());
    if (!answer) return fail(answer.error());
    const ChannelPage page = page_of(channel, walk.before());
    if (!walk.before()) {
      std::vector<Instant> dates;
      for (const Post& post : page.posts) dates.push_back(*post.published_at);
      commit.posts_per_day = app::posts_per_day(dates, clock_.now());
      commit.state = app::state_by_pace(how.schedule, *commit.posts_per_day);
    }
    end = walk.saw(page);
    ++report.pages;
    for (const Post& post : page.posts) {
      auto stored = channel.stored[static_cast<std::size_t>(post.id.message - 1)];
      report.posts.fresh += stored ? 0 : 1;
      stored = true;
    }
    on_page(report);
  }
  commit.settled = walk.newest();
  commit.next_due_at = app::next_visit(how.schedule,
                                       channel.name,
                                       app::interval_of(how.schedule, *commit.posts_per_day),
                                       clock_.now());
  if (auto kept = store.keep_page(commit, clock_.now()); !kept) return fail(kept.error());
  channel.visited.push_back(clock_.now());
  report.state = commit.state;
  return report;
}

/// The daemon until `end`, when it is stopped.
void run_until(SimulatedVisitor& visitor, test::FakeOperator& clock, Instant end) {
  clock.stop_at(end);
  std::ostringstream log_text;
  const app::Log log({.level = "off"}, {}, log_text);
  app::Notifier notifier({});
  const auto ran = app::Daemon({.store = visitor.store,
                                .visitor = visitor,
                                .clock = clock,
                                .notifier = notifier,
                                .log = log})
                       .run();
  REQUIRE(ran);
}

/// Requests of a crawler that reads every channel's news each night.
std::int64_t naive_requests(const SimulatedVisitor& visitor) {
  std::int64_t requests = 0;
  for (const auto& [name, channel] : visitor.channels) {
    std::size_t known = 0;
    for (int night = 0; night < kNights; ++night) {
      const std::size_t published = channel.published(kStart + days{night} + 15h);
      requests += static_cast<std::int64_t>((published - known) / kPageSize) + 1;
      known = published;
    }
  }
  return requests;
}

/// How many of `moments`, ascending, lie in the fullest span of `length`.
std::size_t fullest(const std::vector<std::int64_t>& moments, std::int64_t length) {
  std::size_t most = 0;
  std::size_t first = 0;
  for (std::size_t i = 0; i < moments.size(); ++i) {
    while (moments[i] - moments[first] >= length) ++first;
    most = std::max(most, i - first + 1);
  }
  return most;
}

}  // namespace

TEST_CASE("5,000 channels over 30 nights: polite, complete, and for few requests", "[simulation]") {
  test::FakeOperator clock(kStart);
  SimulatedVisitor visitor(clock);

  run_until(visitor, clock, kStart + days{20} + 6h);  // evening; the night after is missed
  clock.advance(18h);
  run_until(visitor, clock, kEnd);

  // The gate's rate holds over any ten seconds.
  CHECK(fullest(visitor.asked(), 10'000) <= kMostInTenSeconds);

  std::int64_t posts = 0;
  for (const auto& [name, channel] : visitor.channels) {
    if (channel.blocked) continue;
    CAPTURE(name);
    // Each channel is visited at least once in seven nights, the first one included.
    Instant last = kStart;
    for (const Instant visit : channel.visited) {
      if (visit - last > days{7}) FAIL_CHECK("not visited for more than seven days");
      last = visit;
    }
    if (kEnd - last > days{7}) FAIL_CHECK("not visited at the end");
    // Whatever had appeared by a visit is stored.
    const std::size_t seen = channel.published(last);
    const auto begin = channel.stored.begin();
    const auto stored = std::count(begin, begin + static_cast<std::ptrdiff_t>(seen), true);
    if (static_cast<std::size_t>(stored) < seen) FAIL_CHECK("posts are missing");
    posts += stored;
  }

  const auto requests = static_cast<std::int64_t>(visitor.asked().size());
  const std::int64_t naive = naive_requests(visitor);
  WARN(requests << " requests for " << posts << " posts, "
                << static_cast<double>(requests) / static_cast<double>(posts)
                << " each; every channel every night: " << naive << ", "
                << static_cast<double>(naive) / static_cast<double>(posts) << " each");
  CHECK(2 * requests <= naive);

  // A blocked channel is asked ever more seldom, and is not dropped.
  for (const auto& [name, channel] : visitor.channels) {
    if (!channel.blocked) continue;
    const auto row = visitor.store.channel(channel.name).value().value();
    CHECK(row.state == store::ChannelState::blocked);
    CHECK(row.next_due_at.value() < kEnd + days{8});
  }

  // Runs sum up, and the missed night was made up for.
  const auto runs = visitor.store.runs(0).value();
  CHECK(runs.size() > 25);
  for (const store::RunRow& run : runs) {
    const store::RunTotals& sums = run.totals;
    CHECK(sums.planned == sums.fetched + sums.unchanged + sums.failed + sums.deferred);
  }
}

TEST_CASE("channels that failed in one outage come back at different seconds", "[simulation]") {
  test::FakeOperator clock(kStart);
  SimulatedVisitor visitor(clock);
  const app::VisitSettings how = visitor.settings();
  std::map<Instant, int> seconds;
  for (const auto& [name, channel] : visitor.channels) {
    for (int failures = 1; failures <= 3; ++failures) {
      ++seconds[app::next_try(how.schedule, channel.name, failures, kStart + 14h)];
    }
  }

  const auto fullest_second =
      std::ranges::max_element(seconds, {}, [](const auto& second) { return second.second; });
  CHECK(fullest_second->second * 50 <= 3 * kChannels);
}
