#include "app/daemon.h"

#include <algorithm>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "app/crawl_log.h"
#include "app/fake_operator.h"
#include "app/notify_socket.h"
#include "held_database.h"
#include "support/catch.h"
#include "support/files.h"

using namespace qanat;
using Catch::Matchers::Contains;
using namespace std::chrono_literals;
using std::chrono::days;

namespace {

const Instant kMidnight = parse_instant("2026-07-20T00:00:00Z").value();
const Instant kNightBegins = kMidnight + 1h;
const Instant kNightEnds = kMidnight + 6h;

/// Visits that the case decides on: each takes ten seconds and finds one new post.
class FakeVisitor final : public app::NightVisitor {
 public:
  FakeVisitor(store::Store& store, test::FakeOperator& clock) : store_(store), clock_(clock) {}

  struct Visit {
    std::string channel;
    Instant at;
  };
  std::vector<Visit> visits;
  app::VisitSettings now{.max_pages = 50,
                         .recheck = {},
                         .schedule = {.window = app::parse_night_window("01:00-06:00").value()}};
  app::RunBudget limits;
  std::chrono::milliseconds shut_for{};
  int tries = 0;
  bool asks = true;                 ///< visits send requests
  std::optional<Instant> deadline;  ///< of the last visit
  /// What a visit does instead; nothing: as usual.
  std::function<std::optional<Error>(const std::string&)> instead;
  std::function<Result<void>()> on_reload = [] { return Result<void>(); };
  std::vector<std::string> need_restart;
  Result<app::Pruned> pruned;
  std::vector<Instant> pruned_at;

  Result<app::VisitReport> visit(const app::VisitPlan& plan, const app::OnPage& on_page) override;

  [[nodiscard]] int requests() const override { return asks ? static_cast<int>(visits.size()) : 0; }
  [[nodiscard]] app::VisitSettings settings() const override { return now; }
  [[nodiscard]] app::RunBudget budget() const override { return limits; }
  [[nodiscard]] std::int64_t max_unknown_markup() const override { return 10; }
  [[nodiscard]] bool ignores_robots() const override { return false; }
  void try_anew() override { ++tries; }
  [[nodiscard]] std::chrono::milliseconds pause() override { return shut_for; }
  Result<std::vector<std::string>> reload() override {
    if (auto reloaded = on_reload(); !reloaded) return fail(reloaded.error());
    return need_restart;
  }
  Result<app::Pruned> prune(Instant moment) override {
    pruned_at.push_back(moment);
    return pruned;
  }

 private:
  store::Store& store_;
  test::FakeOperator& clock_;
};

Result<app::VisitReport> FakeVisitor::visit(const app::VisitPlan& plan,
                                            const app::OnPage& on_page) {
  const ChannelName& channel = plan.known.name;
  visits.push_back({.channel = channel.str(), .at = clock_.now()});
  deadline = plan.deadline;
  clock_.advance(10s);
  if (auto error = instead ? instead(channel.str()) : std::nullopt) return fail(*error);
  const Instant next = app::next_visit(now.schedule, channel, 24h, clock_.now());
  const store::PageCommit page{
      .channel = channel,
      .run = plan.run,
      .provenance = {.snapshot = "sha256:0", .fetched_at = clock_.now(), .host = "t.me"},
      .next_due_at = next};
  if (auto kept = store_.keep_page(page, clock_.now()); !kept) return fail(kept.error());
  app::VisitReport report{.pages = 1, .posts = {.fresh = 1}};
  on_page(report);
  return report;
}

/// A daemon in a world of its own, which begins at midnight and is stopped at noon unless the case
/// says otherwise.
struct Nights {
  test::TemporaryFolder folder;
  store::Store store = store::Store::create(folder.file("qanat.db")).value();
  test::FakeOperator clock{kMidnight};
  FakeVisitor visitor{store, clock};
  test::NotifySocket systemd{folder.file("notify")};
  app::Environment environment = {{"NOTIFY_SOCKET", folder.file("notify")}};
  std::ostringstream log_text;
  app::Pulse pulse;

  Nights() {
    clock.stop_at(kMidnight + 12h);
    clock.on_sleep = [this] { systemd.drain(); };
  }

  /// A channel that is due at `due`; nothing: never visited.
  ChannelName follow(const std::string& name, std::optional<Instant> due = {}) {
    const ChannelName channel = ChannelName::parse(name).value();
    REQUIRE(store.add_channel(channel, kMidnight - days{9}));
    if (due) {
      REQUIRE(
          store.keep_page({.channel = channel, .provenance = {.host = "t.me"}, .next_due_at = due},
                          kMidnight - days{2}));
    }
    return channel;
  }

  /// A run that ended on its own in the night before.
  void had_last_night() {
    const auto run = store.begin_run(kNightBegins - days{1});
    REQUIRE(run);
    REQUIRE(store.end_run(*run, kNightBegins - days{1} + 1h, {}, false));
  }

  Result<void> run() {
    app::Notifier notifier(environment);
    const app::Log log({.level = "info", .format = "text"}, {}, log_text, false);
    return app::Daemon({.store = store,
                        .visitor = visitor,
                        .clock = clock,
                        .notifier = notifier,
                        .pulse = pulse,
                        .log = log})
        .run();
  }

  std::vector<std::string> visited() {
    std::vector<std::string> names;
    for (const auto& visit : visitor.visits) names.push_back(visit.channel);
    return names;
  }

  store::RunRow last_run() { return store.runs(1).value().at(0); }
  std::map<std::string, std::int64_t> deferred() {
    return store.troubles(last_run().id).value().deferred;
  }
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("channels are visited within the night, each when it is due", "[daemon]") {
  Nights nights;
  nights.had_last_night();
  nights.follow("second", kNightBegins + 3h);
  nights.follow("first", kNightBegins + 90min);
  nights.follow("tomorrow", kNightEnds + 5h);

  REQUIRE(nights.run());

  REQUIRE(nights.visited() == Names{"first", "second"});
  CHECK(nights.visitor.visits[0].at == kNightBegins + 90min);
  CHECK(nights.visitor.visits[1].at == kNightBegins + 3h);
  CHECK(nights.last_run().totals.fetched == 2);
  CHECK(nights.last_run().totals.deferred == 0);
  CHECK(nights.last_run().ended_at == kNightBegins + 3h + 10s);
}

TEST_CASE("what is overdue waits for the night's beginning", "[daemon]") {
  Nights nights;
  nights.had_last_night();
  nights.follow("overdue", kMidnight - 5h);

  REQUIRE(nights.run());

  REQUIRE(nights.visited() == Names{"overdue"});
  CHECK(nights.visitor.visits[0].at == kNightBegins);
}

TEST_CASE("a night in which nothing ran is made up for at once", "[daemon]") {
  Nights nights;
  nights.clock.advance(8h);  // 08:00: the night is over
  nights.follow("overdue", kNightBegins + 1h);

  REQUIRE(nights.run());

  REQUIRE(nights.visited() == Names{"overdue"});
  CHECK(nights.visitor.visits[0].at == kMidnight + 8h);
  CHECK_THAT(nights.log_text.str(), Contains("night_made_up_for"));
}

TEST_CASE("a night that a stop or a kill cut short is gone on with", "[daemon]") {
  for (const bool killed : {false, true}) {
    CAPTURE(killed);
    Nights nights;
    const auto cut = nights.store.begin_run(kNightBegins).value();
    if (!killed) {
      REQUIRE(nights.store.keep_deferral(cut, app::kStopped, 1));
      REQUIRE(nights.store.end_run(cut, kNightBegins + 1h, {}, true));
    }
    nights.clock.advance(8h);
    nights.follow("overdue", kNightBegins + 1h);

    REQUIRE(nights.run());

    CHECK(nights.visited() == Names{"overdue"});
  }
}

TEST_CASE("what a whole night left over waits for the next night", "[daemon]") {
  Nights nights;
  const auto night = nights.store.begin_run(kNightBegins).value();
  REQUIRE(nights.store.keep_deferral(night, app::kNightOver, 1));
  REQUIRE(nights.store.end_run(night, kNightEnds, {}, true));
  nights.clock.advance(8h);
  nights.follow("overdue", kNightBegins + 1h);
  nights.clock.stop_at(kNightBegins + days{1} + 1h);

  REQUIRE(nights.run());

  REQUIRE(nights.visited() == Names{"overdue"});
  CHECK(nights.visitor.visits[0].at == kNightBegins + days{1});
}

TEST_CASE("a stop ends the run after the visit under way, and the rest is deferred", "[daemon]") {
  Nights nights;
  nights.had_last_night();
  for (const char* name : {"room_a", "room_b", "room_c"}) nights.follow(name, kMidnight - 1h);
  nights.follow("later", kNightBegins + 2h);
  nights.clock.stop_at(kNightBegins + 15s);

  REQUIRE(nights.run());

  CHECK(nights.visited() == Names{"room_a", "room_b"});
  const store::RunRow run = nights.last_run();
  CHECK(run.ended_at == kNightBegins + 20s);
  CHECK(run.totals.planned == 3);
  CHECK(run.totals.fetched == 2);
  CHECK(nights.deferred() == std::map<std::string, std::int64_t>{{app::kStopped, 1}});
  CHECK(nights.systemd.heard().back() == "STOPPING=1");
}

TEST_CASE("the night's end ends the run, and what was due is deferred", "[daemon]") {
  Nights nights;
  nights.had_last_night();
  nights.follow("room_a", kNightEnds - 15s);
  nights.follow("room_b", kNightEnds - 14s);
  nights.follow("room_c", kNightEnds - 13s);

  REQUIRE(nights.run());

  CHECK(nights.visited() == Names{"room_a", "room_b"});
  CHECK(nights.deferred() == std::map<std::string, std::int64_t>{{app::kNightOver, 1}});
  CHECK(nights.last_run().degraded);
}

TEST_CASE("a visit asks for no further page once the night is over", "[daemon]") {
  Nights nights;
  nights.had_last_night();
  nights.follow("room_a", kNightBegins);

  SECTION("whatever a run may take") { nights.visitor.limits.time = 10h; }
  SECTION("also when a run may take any time") {}
  REQUIRE(nights.run());

  CHECK(nights.visitor.deadline == kNightEnds);
}

TEST_CASE("a run's time ends a visit before the night does", "[daemon]") {
  Nights nights;
  nights.had_last_night();
  nights.follow("room_a", kNightBegins);
  nights.visitor.limits.time = 1h;

  REQUIRE(nights.run());

  CHECK(nights.visitor.deadline == kNightBegins + 1h);
}

TEST_CASE("what is due at midnight of a window without an end is the next run's", "[daemon]") {
  Nights nights;
  nights.had_last_night();
  nights.visitor.now.schedule.window = app::parse_night_window("00:00-24:00").value();
  nights.follow("room_a", kMidnight + days{1} - 5s);
  nights.follow("room_b", kMidnight + days{1} - 4s);
  nights.clock.stop_at(kMidnight + days{1} + 1h);

  REQUIRE(nights.run());

  CHECK(nights.visited() == Names{"room_a", "room_b"});
  const auto runs = nights.store.runs(2).value();
  REQUIRE(runs.size() == 2);
  for (const store::RunRow& run : runs) {
    CHECK(run.totals.planned == 1);
    CHECK_FALSE(run.degraded);
  }
}

TEST_CASE("a spent budget ends the run, and nothing is asked again in the same night", "[daemon]") {
  Nights nights;
  nights.had_last_night();
  for (const char* name : {"room_a", "room_b", "room_c"}) nights.follow(name, kMidnight - 1h);
  nights.visitor.limits.requests = 2;

  REQUIRE(nights.run());

  CHECK(nights.visited().size() == 2);
  CHECK(nights.deferred() == std::map<std::string, std::int64_t>{{app::kBudgetSpent, 1}});
}

TEST_CASE("a pause that the hosts ask for is waited for when the night is long enough",
          "[daemon]") {
  Nights nights;
  nights.had_last_night();
  nights.follow("room_a", kMidnight - 1h);
  bool refused = false;
  nights.visitor.instead = [&](const std::string&) -> std::optional<Error> {
    if (std::exchange(refused, true)) return std::nullopt;
    nights.visitor.shut_for = 1h;
    return Error{.code = Errc::throttled, .message = "a pause of an hour"};
  };

  REQUIRE(nights.run());

  REQUIRE(nights.visited() == Names{"room_a", "room_a"});
  CHECK(nights.visitor.visits[1].at == kNightBegins + 10s + 1h);
  CHECK(nights.last_run().totals.planned == 1);
  CHECK(nights.last_run().totals.deferred == 0);
}

TEST_CASE("a channel at whose page the hosts ask for a pause lets the others go first",
          "[daemon]") {
  Nights nights;
  nights.had_last_night();
  nights.follow("culprit", kMidnight - 2h);
  nights.follow("room_a", kMidnight - 1h);
  nights.visitor.instead = [&](const std::string& channel) -> std::optional<Error> {
    const bool shuts = channel == "culprit";
    nights.visitor.shut_for = shuts ? 1h : 0h;
    if (!shuts) return std::nullopt;
    return Error{.code = Errc::throttled, .message = "a pause of an hour"};
  };

  REQUIRE(nights.run());

  REQUIRE(nights.visited().size() >= 3);
  CHECK(nights.visited()[1] == "room_a");
  CHECK(nights.visited()[2] == "culprit");
  CHECK(nights.last_run().totals.fetched == 1);
  CHECK(nights.last_run().totals.failed >= 1);
}

TEST_CASE("a pause that outlasts the night defers the rest", "[daemon]") {
  Nights nights;
  nights.had_last_night();
  nights.follow("room_a", kMidnight - 1h);
  nights.follow("room_b", kMidnight - 1h);
  nights.visitor.shut_for = 6h;
  nights.visitor.instead = [](const std::string&) {
    return Error{.code = Errc::throttled, .message = "a pause of six hours"};
  };

  REQUIRE(nights.run());

  CHECK(nights.visited().size() == 1);
  CHECK(nights.deferred() == std::map<std::string, std::int64_t>{{app::kHostPause, 2}});
  CHECK(nights.last_run().totals.planned == 2);
}

TEST_CASE("hosts from which nothing comes are asked again a quarter of an hour later", "[daemon]") {
  Nights nights;
  nights.had_last_night();
  nights.follow("room_a", kMidnight - 1h);
  nights.visitor.asks = false;
  nights.visitor.instead = [&](const std::string&) -> std::optional<Error> {
    if (nights.clock.now() > kNightBegins + 40min) return std::nullopt;
    return Error{.code = Errc::throttled, .message = "twelve requests in a row failed"};
  };

  REQUIRE(nights.run());

  CHECK(nights.visited().size() == 4);
  CHECK(nights.visitor.visits[1].at == kNightBegins + 10s + 15min);
  CHECK(nights.visitor.tries == 4);  // once for the run itself
  CHECK(nights.last_run().totals.fetched == 1);
  CHECK(nights.last_run().totals.deferred == 0);
}

TEST_CASE("a channel that failed is tried again the same night, and the cause is kept",
          "[daemon]") {
  Nights nights;
  nights.had_last_night();
  nights.follow("room_a", kMidnight - 1h);
  bool failed = false;
  nights.visitor.instead = [&](const std::string&) -> std::optional<Error> {
    if (std::exchange(failed, true)) return std::nullopt;
    return Error{.code = Errc::network, .message = "connection reset"};
  };

  REQUIRE(nights.run());

  CHECK(nights.visited().size() == 2);
  CHECK(nights.last_run().totals.failed == 1);
  CHECK(nights.last_run().totals.fetched == 1);
  CHECK_THAT(nights.log_text.str(), Contains("visit_failed channel=room_a cause=network"));
}

TEST_CASE("a channel that is added during the night is visited within a minute", "[daemon]") {
  Nights nights;
  nights.had_last_night();
  nights.follow("room_a", kMidnight - 1h);
  nights.visitor.instead = [&](const std::string& channel) -> std::optional<Error> {
    if (channel == "room_a") nights.follow("added_room");
    return std::nullopt;
  };

  REQUIRE(nights.run());

  CHECK(nights.visited() == Names{"room_a", "added_room"});
  CHECK(nights.visitor.visits[1].at <= kNightBegins + 70s);
}

TEST_CASE("systemd hears of the start before the first visit, and of the stop at the end",
          "[daemon]") {
  Nights nights;
  nights.follow("room_a", kMidnight - 1h);
  std::vector<std::string> before_visit;
  nights.visitor.instead = [&](const std::string&) -> std::optional<Error> {
    if (before_visit.empty()) before_visit = nights.systemd.heard();
    return std::nullopt;
  };

  REQUIRE(nights.run());

  REQUIRE_FALSE(before_visit.empty());
  CHECK(before_visit.front() == "READY=1");
  CHECK(nights.systemd.heard().back() == "STOPPING=1");
}

TEST_CASE("a reload is in force for the next visit, told to systemd from its beginning to its end",
          "[daemon]") {
  Nights nights;
  nights.had_last_night();
  nights.follow("room_a", kNightBegins + 1h);
  nights.clock.reload_at(kMidnight + 30min);
  std::vector<std::string> during;
  nights.visitor.on_reload = [&] {
    during = nights.systemd.heard();
    nights.visitor.now.schedule.window = app::parse_night_window("08:00-09:00").value();
    return Result<void>();
  };

  REQUIRE(nights.run());

  CHECK(during.back().starts_with("RELOADING=1\n"));
  const auto after = nights.systemd.heard();
  CHECK(std::ranges::find(after, "READY=1") != after.end());
  REQUIRE(nights.visited() == Names{"room_a"});
  CHECK(nights.visitor.visits[0].at == kMidnight + 8h);
}

TEST_CASE("a reload that fails leaves the old configuration in force, and says why", "[daemon]") {
  Nights nights;
  nights.had_last_night();
  nights.follow("room_a", kNightBegins + 1h);
  nights.clock.reload_at(kNightBegins + 30min);
  nights.visitor.on_reload = [] {
    return Result<void>(fail(Errc::config, "qanat.toml:3:1: unknown key `crawl.rat`"));
  };

  REQUIRE(nights.run());

  CHECK(nights.visited() == Names{"room_a"});
  CHECK_THAT(nights.log_text.str(), Contains("error reload_failed") && Contains("crawl.rat"));
  const auto heard = nights.systemd.heard();
  const auto told = std::ranges::find_if(heard, [](const std::string& message) {
    return message.starts_with("STATUS=reload failed") && message.contains("crawl.rat");
  });
  REQUIRE(told != heard.end());
  CHECK(*std::next(told) == "READY=1");
}

TEST_CASE("a reload names the settings that need a restart", "[daemon]") {
  Nights nights;
  nights.had_last_night();
  nights.clock.reload_at(kNightBegins);
  nights.visitor.need_restart = {"web.listen", "log.level"};

  REQUIRE(nights.run());

  CHECK_THAT(nights.log_text.str(),
             Contains("warn needs_restart key=web.listen") && Contains("key=log.level"));
}

TEST_CASE("the watchdog is fed while the daemon waits and after each visit, and not by time alone",
          "[daemon]") {
  Nights nights;
  nights.had_last_night();
  nights.follow("room_a", kNightBegins);
  nights.environment["WATCHDOG_USEC"] = "300000000";  // 5 minutes
  nights.clock.stop_at(kNightBegins + 5s);
  std::vector<std::string> waiting;
  std::vector<std::string> stuck;
  nights.visitor.instead = [&](const std::string&) -> std::optional<Error> {
    waiting = nights.systemd.heard();
    nights.clock.advance(24h);  // a visit that hangs
    stuck = nights.systemd.heard();
    return Error{.code = Errc::network, .message = "at last"};
  };

  REQUIRE(nights.run());

  CHECK(std::ranges::count(waiting, "WATCHDOG=1") >= 12);  // an hour, less than 5 minutes apart
  CHECK(std::ranges::count(stuck, "WATCHDOG=1") == 0);
  CHECK(std::ranges::count(nights.systemd.heard(), "WATCHDOG=1") >= 1);
}

TEST_CASE("a disk that fails ends the run with the failure, and the next one begins when it works",
          "[daemon]") {
  Nights nights;
  nights.had_last_night();
  for (const char* name : {"room_a", "room_b", "room_c", "room_d"}) {
    nights.follow(name, kNightBegins);
  }
  int failures = 0;
  bool was_ready = true;
  nights.visitor.instead = [&](const std::string&) -> std::optional<Error> {
    if (failures == 3) return std::nullopt;
    ++failures;
    return Error{.code = Errc::storage, .message = "the disk is full"};
  };
  nights.clock.on_sleep = [&] {
    nights.systemd.drain();
    was_ready = was_ready && !nights.pulse.waits_for_disk();
  };

  REQUIRE(nights.run());

  const auto runs = nights.store.runs(0).value();
  REQUIRE(runs.size() >= 5);  // that of the night before, three that broke, the one that went on
  CHECK(runs.at(runs.size() - 2).ended_at == kNightBegins + 10s);
  CHECK(runs.at(runs.size() - 2).degraded);
  CHECK(nights.store.troubles(runs.at(runs.size() - 2).id).value().failed ==
        std::map<std::string, std::int64_t>{{app::kStorage, 1}});
  const auto& visits = nights.visitor.visits;
  REQUIRE(visits.size() >= 5);
  CHECK(visits[1].at - visits[0].at == 10s + 1min);  // ever more seldom
  CHECK(visits[2].at - visits[1].at == 10s + 2min);
  CHECK(visits[3].at - visits[2].at == 10s + 4min);
  CHECK(nights.last_run().totals.failed == 0);
  CHECK_FALSE(was_ready);
  CHECK_FALSE(nights.pulse.waits_for_disk());
  CHECK_THAT(nights.log_text.str(), Contains("error storage_failed") && Contains("disk is full"));
}

TEST_CASE("the end of a run that the disk broke off is written when the disk works again",
          "[daemon]") {
  Nights nights;
  nights.had_last_night();
  nights.follow("room_a", kNightBegins);
  nights.store =
      store::Store::open(nights.folder.file("qanat.db"), store::Access::read_write, 10ms).value();
  std::optional<test::HeldDatabase> held;
  bool failed = false;
  nights.visitor.instead = [&](const std::string&) -> std::optional<Error> {
    if (std::exchange(failed, true)) return std::nullopt;
    held.emplace(nights.folder.file("qanat.db"));  // nothing can be written
    return Error{.code = Errc::storage, .message = "the disk is full"};
  };
  nights.clock.on_sleep = [&] {
    nights.systemd.drain();
    held.reset();
  };

  REQUIRE(nights.run());

  const auto runs = nights.store.runs(0).value();
  REQUIRE(runs.size() == 3);
  CHECK(runs[1].ended_at == kNightBegins + 10s);
  CHECK(runs[1].totals.failed == 1);
  const auto troubles = nights.store.troubles(runs[1].id).value();
  CHECK(troubles.failed == std::map<std::string, std::int64_t>{{app::kStorage, 1}});
  CHECK(troubles.failures.at(0).at == kNightBegins + 10s);
}

TEST_CASE("a database that was moved away is waited for", "[daemon]") {
  Nights nights;
  nights.had_last_night();
  nights.follow("room_a", kNightBegins);
  const std::filesystem::path place = nights.folder.file("qanat.db");
  const std::filesystem::path elsewhere = nights.folder.file("moved.db");
  std::filesystem::rename(place, elsewhere);
  nights.clock.on_sleep = [&] {
    nights.systemd.drain();
    const bool is_away = std::filesystem::exists(elsewhere);
    if (is_away && nights.clock.now() > kNightBegins) std::filesystem::rename(elsewhere, place);
  };

  REQUIRE(nights.run());

  REQUIRE(nights.visited() == Names{"room_a"});
  CHECK(nights.visitor.visits[0].at > kNightBegins);
  CHECK_FALSE(nights.pulse.waits_for_disk());
  CHECK_THAT(nights.log_text.str(),
             Contains("error storage_failed") && Contains("was moved or deleted") &&
                 Contains("again_at=2026-07-20T00:01:00Z"));
}

TEST_CASE("another database in the place of the open one ends the daemon before it visits",
          "[daemon]") {
  Nights nights;
  nights.had_last_night();
  nights.follow("room_a", kNightBegins);
  const std::string place = nights.folder.file("qanat.db");
  nights.clock.on_sleep = [&] {
    nights.systemd.drain();
    if (std::filesystem::exists(nights.folder.file("old.db"))) return;
    std::filesystem::rename(place, nights.folder.file("old.db"));
    std::filesystem::remove(place + "-wal");
    std::filesystem::remove(place + "-shm");
    REQUIRE(store::Store::create(place));
  };

  const auto lived = nights.run();

  REQUIRE_FALSE(lived);
  CHECK(lived.error().code == Errc::storage_replaced);
  CHECK_THAT(lived.error().message, Contains(place + ": another file") && Contains("start qanat"));
  CHECK(nights.visited().empty());
}

TEST_CASE("a damaged store ends the daemon", "[daemon]") {
  Nights nights;
  nights.had_last_night();
  nights.follow("room_a", kNightBegins);
  nights.visitor.instead = [](const std::string&) {
    return Error{.code = Errc::storage_unusable, .message = "the file is damaged"};
  };

  const auto ran = nights.run();

  REQUIRE_FALSE(ran);
  CHECK(ran.error().code == Errc::storage_unusable);
}

TEST_CASE("a run of some channels by hand does not stand for the night that was missed",
          "[daemon]") {
  Nights nights;
  const auto by_hand = nights.store.begin_run(kMidnight + 7h).value();
  REQUIRE(nights.store.end_run(by_hand, kMidnight + 7h + 1min, {.planned = 1}, false));
  nights.clock.advance(8h);
  nights.follow("overdue", kNightBegins + 1h);

  REQUIRE(nights.run());

  REQUIRE(nights.visited() == Names{"overdue"});
  CHECK(nights.visitor.visits[0].at == kMidnight + 8h);
}

TEST_CASE("a run by hand after a night that was too short changes nothing of it", "[daemon]") {
  Nights nights;
  const auto night = nights.store.begin_run(kNightBegins).value();
  REQUIRE(nights.store.keep_deferral(night, app::kNightOver, 1));
  REQUIRE(nights.store.end_run(night, kNightEnds, {}, true));
  const auto by_hand = nights.store.begin_run(kMidnight + 7h).value();
  REQUIRE(nights.store.end_run(by_hand, kMidnight + 7h + 1min, {.planned = 1}, false));
  nights.clock.advance(8h);
  nights.follow("overdue", kNightBegins + 1h);

  REQUIRE(nights.run());

  CHECK(nights.visited().empty());
}

TEST_CASE("a channel that was added after the night waits for the next one", "[daemon]") {
  Nights nights;
  const auto night = nights.store.begin_run(kNightBegins).value();
  REQUIRE(nights.store.end_run(night, kNightBegins + 1h, {}, false));
  nights.clock.advance(8h);
  REQUIRE(nights.store.add_channel(ChannelName::parse("added_room").value(), kMidnight + 7h));

  REQUIRE(nights.run());

  CHECK(nights.visited().empty());
}

TEST_CASE("a lowered ceiling holds for channels that are known already", "[daemon]") {
  Nights nights;
  nights.had_last_night();
  nights.follow("room_a", kNightBegins + days{5});  // its last success: two days before midnight
  nights.visitor.now.schedule.ceiling = days{1};

  REQUIRE(nights.run());

  CHECK(nights.visited() == Names{"room_a"});
  CHECK_THAT(nights.log_text.str(), Contains("due_sooner channels=1"));
}

TEST_CASE("a lowered ceiling holds at once when the reload comes during a wait", "[daemon]") {
  Nights nights;
  nights.had_last_night();
  nights.follow("room_a", kNightBegins);
  nights.follow("waiting", kNightBegins + days{5});  // its last success: two days before midnight
  nights.clock.reload_at(kNightBegins + 1h);
  nights.visitor.on_reload = [&] {
    nights.visitor.now.schedule.ceiling = days{1};
    return Result<void>();
  };

  REQUIRE(nights.run());

  REQUIRE(nights.visited() == Names{"room_a", "waiting"});
  CHECK(nights.visitor.visits[1].at == kNightBegins + 1h);
}

TEST_CASE("a clock that was years ahead and is set right is planned by at once", "[daemon]") {
  Nights nights;
  nights.clock.stop_at(kMidnight + days{400} + 12h);
  nights.clock.advance(days{400} + 8h);  // after the night
  nights.had_last_night();
  nights.follow("room_a", kMidnight - 1h);
  nights.clock.on_sleep = [&] {
    nights.systemd.drain();
    if (nights.clock.now() < kMidnight + days{399}) return;
    nights.clock.advance(-days{400} - 8h);  // it is midnight
    nights.clock.stop_at(kMidnight + 12h);
  };

  REQUIRE(nights.run());

  REQUIRE(nights.visited() == Names{"room_a", "room_a"});
  CHECK(nights.visitor.visits[1].at >= kNightBegins);
  CHECK(nights.visitor.visits[1].at < kNightEnds);
  CHECK_THAT(nights.log_text.str(), Contains("warn clock_set_back seconds="));
}

TEST_CASE("a clock that is set back during a run ends its night when the clock says so",
          "[daemon]") {
  Nights nights;
  nights.had_last_night();
  nights.follow("room_a", kNightBegins);
  nights.follow("room_b", kNightBegins + 1h);
  const days wrong{100};
  nights.clock.advance(wrong);
  nights.clock.stop_at(kMidnight + wrong + 12h);
  nights.visitor.instead = [&](const std::string& channel) -> std::optional<Error> {
    if (channel != "room_b") return std::nullopt;
    nights.clock.advance(-wrong);
    nights.clock.stop_at(kMidnight + 12h);
    return std::nullopt;
  };

  REQUIRE(nights.run());

  REQUIRE(nights.store.runs(1).value().at(0).ended_at);
  CHECK(nights.last_run().ended_at <= kNightEnds);
}

TEST_CASE("the log says which channel is gone, renamed or has a gap", "[daemon]") {
  std::ostringstream text;
  const app::Log log({.level = "info", .format = "text"}, {}, text, false);
  const ChannelName room = ChannelName::parse("room_a").value();
  using enum store::ChannelState;
  app::ChannelOutcome outcome{.channel = room, .report = app::VisitReport{}};

  app::log_visit(log, outcome);
  outcome.state_before = fresh;
  outcome.state = live;
  app::log_visit(log, outcome);
  CHECK(text.str().empty());

  outcome.state_before = live;
  outcome.state = gone;
  outcome.new_name = "room_b";
  outcome.report->gap = store::Gap{.low = 3, .high = 9, .cause = app::kPageBudget};
  outcome.report->lost_posts = true;
  app::log_visit(log, outcome);
  CHECK_THAT(text.str(),
             Contains("warn channel_state channel=room_a from=live to=gone") &&
                 Contains("warn channel_renamed channel=room_a shown_as=room_b") &&
                 Contains("warn gap channel=room_a low=3 high=9 cause=\"page budget\""));
}

TEST_CASE("the log says how long a crawl waits for a host, and why", "[daemon]") {
  std::ostringstream text;
  const app::Log log({.level = "info", .format = "json"}, {}, text, false);

  app::log_pause(log, {.wait = 50s, .because = "the answer was HTTP 503"});

  CHECK_THAT(text.str(),
             Contains(R"("event":"host_pause","seconds":"50","cause":"the answer was HTTP 503"})"));
}

TEST_CASE("a night that a storage failure cut short is gone on with", "[daemon]") {
  Nights nights;
  const ChannelName room = nights.follow("overdue", kNightBegins + 1h);
  const auto cut = nights.store.begin_run(kNightBegins).value();
  REQUIRE(nights.store.keep_failure({.channel = room,
                                     .cause = app::kStorage,
                                     .error = "the disk is full",
                                     .next_due_at = kNightBegins + 2h,
                                     .run = cut},
                                    kNightBegins));
  REQUIRE(nights.store.end_run(cut, kNightBegins + 1min, {}, true));
  nights.clock.advance(8h);

  REQUIRE(nights.run());

  CHECK(nights.visited() == Names{"overdue"});
}

TEST_CASE("a database that is busy defers a visit by a minute, and ends nothing", "[daemon]") {
  Nights nights;
  nights.had_last_night();
  nights.follow("room_a", kNightBegins);
  bool busy = false;
  nights.visitor.instead = [&](const std::string&) -> std::optional<Error> {
    if (std::exchange(busy, true)) return std::nullopt;
    return Error{.code = Errc::storage_busy, .message = "qanat.db: database is locked"};
  };

  REQUIRE(nights.run());

  REQUIRE(nights.visited() == Names{"room_a", "room_a"});
  CHECK(nights.visitor.visits[1].at == kNightBegins + 10s + 1min);
  CHECK(nights.last_run().totals.planned == 1);
  CHECK(nights.last_run().totals.fetched == 1);
  CHECK_THAT(nights.log_text.str(),
             Contains("visit_deferred channel=room_a cause=\"database busy\""));
}

TEST_CASE("a run that cannot begin because the database is busy waits for it", "[daemon]") {
  Nights nights;
  nights.had_last_night();
  nights.follow("room_a", kNightBegins);
  nights.store =
      store::Store::open(nights.folder.file("qanat.db"), store::Access::read_write, 10ms).value();
  std::optional<test::HeldDatabase> held{std::in_place, nights.folder.file("qanat.db")};
  nights.clock.on_sleep = [&] {
    nights.systemd.drain();
    if (nights.clock.now() >= kNightBegins + 3min) held.reset();
  };

  REQUIRE(nights.run());

  REQUIRE(nights.visited() == Names{"room_a"});
  CHECK(nights.visitor.visits[0].at == kNightBegins + 3min);
  CHECK(nights.last_run().ended_at);
  CHECK_THAT(nights.log_text.str(), Contains("warn database_busy"));
}

TEST_CASE("a window that a reload moves away ends the night at once", "[daemon]") {
  Nights nights;
  nights.had_last_night();
  nights.visitor.now.schedule.window = app::parse_night_window("00:00-24:00").value();
  nights.follow("room_a", kMidnight);
  nights.clock.reload_at(kMidnight + 1h);
  nights.visitor.on_reload = [&] {
    nights.visitor.now.schedule.window = app::parse_night_window("08:00-09:00").value();
    REQUIRE(nights.store.add_channel(ChannelName::parse("added_room").value(), nights.clock.now()));
    return Result<void>();
  };

  REQUIRE(nights.run());

  REQUIRE(nights.visitor.visits.size() >= 2);
  CHECK(nights.visitor.visits[1].channel == "added_room");
  CHECK(nights.visitor.visits[1].at == kMidnight + 8h);
}

TEST_CASE("a window that a reload makes longer lengthens the night under way", "[daemon]") {
  Nights nights;
  nights.had_last_night();
  nights.follow("room_a", kNightBegins);
  nights.follow("room_b", kNightEnds + 1h);
  nights.clock.reload_at(kNightBegins + 1h);
  nights.visitor.on_reload = [&] {
    nights.visitor.now.schedule.window = app::parse_night_window("01:00-08:00").value();
    return Result<void>();
  };

  REQUIRE(nights.run());

  REQUIRE(nights.visited() == Names{"room_a", "room_b"});
  CHECK(nights.visitor.visits[1].at == kNightEnds + 1h);
}

TEST_CASE("a budget that a reload raises lets the same night go on", "[daemon]") {
  Nights nights;
  nights.had_last_night();
  for (const char* name : {"room_a", "room_b"}) nights.follow(name, kMidnight - 1h);
  nights.visitor.limits.requests = 1;
  nights.clock.reload_at(kNightBegins + 1h);
  nights.visitor.on_reload = [&] {
    nights.visitor.limits.requests = 5;
    return Result<void>();
  };

  REQUIRE(nights.run());

  REQUIRE(nights.visited() == Names{"room_a", "room_b"});
  CHECK(nights.visitor.visits[1].at == kNightBegins + 1h);
}

TEST_CASE("a reload that changes neither window nor budget begins no second run", "[daemon]") {
  Nights nights;
  nights.had_last_night();
  for (const char* name : {"room_a", "room_b"}) nights.follow(name, kMidnight - 1h);
  nights.visitor.limits.requests = 1;
  nights.clock.reload_at(kNightBegins + 1h);

  REQUIRE(nights.run());

  CHECK(nights.visited() == Names{"room_a"});
}

TEST_CASE("the status line says what is done now, what is next, and what was done", "[daemon]") {
  Nights nights;
  nights.had_last_night();
  nights.follow("room_a", kNightBegins);
  nights.follow("room_b", kNightBegins + 5s);
  nights.follow("room_c", kNightBegins + 2h);

  REQUIRE(nights.run());

  const auto heard = nights.systemd.heard();
  const std::string waiting =
      "STATUS=waiting until 2026-07-20T03:00:00Z for room_c; run 2: 2 new posts, 2 visits";
  CHECK(std::ranges::count(heard, waiting) == 1);
  CHECK(std::ranges::count(
            heard, "STATUS=nothing more is due tonight; run 2: 3 new posts, 3 visits") == 1);
  CHECK(std::ranges::count(heard,
                           "STATUS=waiting until 2026-07-21T01:00:00Z; run 2: 3 new posts,"
                           " 3 visits") == 1);
}

TEST_CASE("a daemon that follows nothing waits, and makes no run", "[daemon]") {
  Nights nights;

  REQUIRE(nights.run());

  CHECK(nights.store.runs(0).value().empty());
}

TEST_CASE("after a run the archive's old months go, and the log says which", "[daemon]") {
  Nights nights;
  nights.follow("open_room", kNightBegins + 10min);
  nights.visitor.pruned->months = {{.name = "2026-05"}};
  nights.visitor.pruned->past_notes = 12;

  REQUIRE(nights.run());

  CHECK(nights.visitor.pruned_at.size() == 1);
  CHECK_THAT(nights.log_text.str(), Contains("archive_pruned month=2026-05"));
  CHECK_THAT(nights.log_text.str(), Contains("past_pruned before=") && Contains("notes=12"));
}

TEST_CASE("old months that cannot be deleted end nothing, and the log says why", "[daemon]") {
  Nights nights;
  nights.follow("open_room", kNightBegins + 10min);
  nights.visitor.pruned = fail(Errc::storage, "archive: permission denied");

  REQUIRE(nights.run());

  CHECK(nights.last_run().ended_at);
  CHECK_THAT(nights.log_text.str(), Contains("archive_not_pruned error=\"archive: permission"));
}
