#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/archive_retention.h"
#include "app/crawl_run.h"
#include "app/interruptible_clock.h"
#include "app/log.h"
#include "app/notifier.h"
#include "app/pulse.h"
#include "app/schedule.h"
#include "base/error.h"
#include "store/store.h"

namespace qanat::app {

/// What the daemon visits channels with. A reload replaces all of it, or nothing.
class NightVisitor : public Visitor {
 public:
  [[nodiscard]] virtual VisitSettings settings() const = 0;
  [[nodiscard]] virtual RunBudget budget() const = 0;
  [[nodiscard]] virtual std::int64_t max_unknown_markup() const = 0;
  [[nodiscard]] virtual bool ignores_robots() const = 0;

  /// Earlier failures in a row no longer keep it from asking.
  virtual void try_anew() = 0;
  /// For how long the hosts may not be asked; zero when they may.
  [[nodiscard]] virtual std::chrono::milliseconds pause() = 0;
  /// The changed settings that hold after a restart only, by name.
  /// Errors: config and rule; then the old configuration is in force.
  virtual Result<std::vector<std::string>> reload() = 0;
  /// Deletes what is older than the months to keep, and tells what it was.
  virtual Result<Pruned> prune(Instant now) = 0;
};

/// `qanat run`: every night a run over the channels that are due, one visit at a time, each at its
/// moment; between the nights it waits. A run ends when nothing more is due tonight, when the night
/// (also in the middle of a visit) or the budget is over, when the hosts ask for a longer pause
/// than the night lasts, or when the operator stops it; what was due by then is deferred, with the
/// cause. Hosts that answer nothing well are left alone for a quarter of an hour, then asked again.
/// While somebody else holds the database it waits. A disk that is full or fails ends the run, and
/// so does a database that was moved away; the daemon looks again after a minute, then ever more
/// seldom, up to half an hour.
///
/// A reload that moves the window moves the night under way, or ends it; one that changes the
/// budget begins another run when that of this night has ended early. A clock that is set back does
/// the same: what was planned by the wrong one is planned anew.
///
/// A night in which nothing ran, or that was cut by a stop, is made up for at once, for as long as
/// a night lasts. One thread: it waits, visits and answers the operator, so a watchdog that hears
/// nothing has found it stuck.
class Daemon {
 public:
  /// All of them outlive the daemon.
  struct Dependencies {
    store::Store& store;
    NightVisitor& visitor;
    InterruptibleClock& clock;
    Notifier& notifier;
    Pulse& pulse;
    const Log& log;
  };

  explicit Daemon(const Dependencies& dependencies) : dependencies_(dependencies) {}

  /// Until a stop is asked for. Errors: those of the store when it does not answer at the start, is
  /// damaged, or another file has taken its place; what was acknowledged is safe. A database that
  /// is busy is one only when a stop does not leave the time to wait for it.
  Result<void> run();

 private:
  void outlast(const Error& error);
  Result<void> live_through_night();
  Result<void> keep_to_ceiling();
  Result<Night> coming_night();
  Result<bool> was_missed(const Night& last);
  Result<void> spend();
  Result<void> go_on();
  [[nodiscard]] std::optional<std::string> reason_to_end();
  [[nodiscard]] bool goes_on_at_end() const;
  Result<void> wait_for_due(const std::optional<store::Store::Due>& next);
  Result<void> visit(const ChannelName& channel);
  Result<void> begin_run();
  void sit_out(const ChannelOutcome& deferred);
  Result<void> end_run(const std::optional<std::string>& cause);
  /// What `act` gives once the database is not busy any more, or a stop is asked for.
  template <class Act>
  auto patiently(const Act& act) -> decltype(act());
  bool wait_until(Instant moment);
  bool plans_changed();
  bool reload_if_asked();
  bool clock_was_set_back();
  void follow_window();
  void tell_visits();
  void say(const std::string& line);
  [[nodiscard]] std::string so_far() const;

  Dependencies dependencies_;
  Night night_;                  ///< that lasts or comes
  std::optional<CrawlRun> run_;  ///< under way
  bool gave_up_ = false;         ///< the hosts' pause outlasts the night
  bool broken_ = false;          ///< the run under way, by the disk: its end is not written yet
  bool unplanned_ = false;       ///< a reload or the clock may have changed when channels are due
  std::int64_t latest_ms_ = 0;   ///< the clock when it was last looked at
  std::chrono::seconds outage_pause_{60};
  std::string last_run_;  ///< in words
  std::string said_;      ///< the status line
  Instant told_at_;
};

/// A cause of deferred visits, beside those of every run.
inline constexpr const char* kNightOver = "night over";

}  // namespace qanat::app
