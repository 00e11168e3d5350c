#include "app/daemon.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "app/archive_retention.h"
#include "app/crawl_log.h"
#include "app/units.h"

namespace qanat::app {
namespace {

using std::chrono::seconds;

/// How long a wait may take before the frontier is asked again: channels are added meanwhile.
constexpr seconds kLook{60};

/// How long hosts are left alone that refused or did not answer so often that the visitor gave up.
constexpr std::chrono::minutes kBreather{15};

/// Of these the ones since a night began are looked at.
constexpr std::int64_t kMostRuns = 100;

/// How long a disk that failed is left alone at most.
constexpr std::chrono::minutes kLongestOutagePause{30};

/// Whether a night's run ended with visits left because the night was too short for them.
bool was_too_short(const store::RunTroubles& night) {
  return night.deferred.contains(kNightOver) || night.deferred.contains(kBudgetSpent) ||
         night.deferred.contains(kHostPause);
}

std::string in_words(const RunReport& report) {
  const store::RunTotals& totals = report.totals();
  std::string out = "run " + std::to_string(report.run) + ": " + counted(totals.fresh, "new post") +
                    ", " + counted(totals.planned, "visit");
  if (totals.failed > 0) out += ", " + std::to_string(totals.failed) + " failed";
  if (totals.deferred > 0) out += ", " + std::to_string(totals.deferred) + " deferred";
  return out;
}

}  // namespace

Result<void> Daemon::run() {
  // systemd hears of a start only when the store has answered.
  if (const auto first = dependencies_.store.next_due(dependencies_.clock.now()); !first) {
    return fail(first.error());
  }
  dependencies_.pulse.ready();
  dependencies_.notifier.ready();
  while (!dependencies_.clock.stop_asked()) {
    const auto lived = live_through_night();
    if (lived) continue;
    if (lived.error().code != Errc::storage) return lived;
    outlast(lived.error());
  }
  if (broken_ && run_) std::ignore = run_->end();
  dependencies_.notifier.stopping();
  dependencies_.log.write(LogLevel::info, "stopped", {});
  return {};
}

/// The disk is full, fails, or refuses a file. Somebody may mend that, and nothing that was
/// acknowledged is lost.
void Daemon::outlast(const Error& error) {
  broken_ = run_.has_value();
  dependencies_.pulse.disk_fails(true);
  const auto pause =
      std::exchange(outage_pause_, std::min<seconds>(outage_pause_ * 2, kLongestOutagePause));
  const Instant again_at = dependencies_.clock.now() + pause;
  dependencies_.log.write(LogLevel::error,
                          "storage_failed",
                          {{.name = "error", .value = error.message},
                           {.name = "again_at", .value = format_instant(again_at)}});
  say("waiting for the disk until " + format_instant(again_at) + ": " + error.message);
  wait_until(again_at);
}

/// Until the end of the night that lasts or comes; less when it is asked to stop or reload.
Result<void> Daemon::live_through_night() {
  if (auto in_place = dependencies_.store.check_in_place(); !in_place) return in_place;
  if (broken_) {
    if (auto ended = end_run(std::nullopt); !ended) return ended;
    broken_ = false;
  }
  if (auto kept = keep_to_ceiling(); !kept) return kept;
  const auto night = coming_night();
  if (!night) return fail(night.error());
  night_ = *night;
  if (dependencies_.clock.now() < night_.begin) {
    say("waiting until " + format_instant(night_.begin) + so_far());
  }
  if (!wait_until(night_.begin)) return {};
  if (auto spent = spend(); !spent) return spent;
  // What ended the run early is not tried again in the same night, unless it is allowed more.
  const RunBudget budget = dependencies_.visitor.budget();
  while (!wait_until(night_.end) && !dependencies_.clock.stop_asked() &&
         budget == dependencies_.visitor.budget()) {
  }
  return {};
}

/// The night that lasts or comes; one that begins now when the last one was missed.
Result<Night> Daemon::coming_night() {
  const NightWindow window = dependencies_.visitor.settings().schedule.window;
  const Instant now = dependencies_.clock.now();
  const Night night = night_at(window, now);
  if (night.holds(now)) return night;
  const auto missed = was_missed(night_before(window, now));
  if (!missed) return fail(missed.error());
  if (!*missed) return night;
  dependencies_.log.write(LogLevel::info, "night_made_up_for", {});
  return Night{.begin = now, .end = now + window.length};
}

/// No channel waits longer than the ceiling allows, whatever it was when its next visit was set.
Result<void> Daemon::keep_to_ceiling() {
  const auto moved = patiently([this] {
    return dependencies_.store.bring_forward(dependencies_.visitor.settings().schedule.ceiling,
                                             dependencies_.clock.now());
  });
  if (!moved) return fail(moved.error());
  if (*moved == 0) return {};
  dependencies_.log.write(
      LogLevel::warn, "due_sooner", {{.name = "channels", .value = std::to_string(*moved)}});
  return {};
}

/// Whether channels wait since `last` because nothing ran then, or only for some of them, or not to
/// its end.
Result<bool> Daemon::was_missed(const Night& last) {
  const auto runs = dependencies_.store.runs(kMostRuns);
  if (!runs) return fail(runs.error());
  const bool idle = runs->empty() || runs->front().started_at < last.begin;
  // What was added since the night waits for the next one, unless nothing ran at all.
  const auto next = dependencies_.store.next_due(last.end);
  if (!next) return fail(next.error());
  const auto waits =
      idle ? Result<bool>(next->has_value()) : dependencies_.store.waits_since(last.end);
  if (!waits || !*waits) return waits;
  for (const store::RunRow& run : *runs) {
    if (run.started_at < last.begin) break;
    const auto troubles = dependencies_.store.troubles(run.id);
    if (!troubles) return fail(troubles.error());
    if (was_too_short(*troubles)) return false;
  }
  return true;
}

Result<void> Daemon::spend() {
  gave_up_ = false;
  std::optional<std::string> cause;
  while (!(cause = reason_to_end())) {
    if (auto done = go_on(); !done) return done;
  }
  // What is due then is the next night's.
  const bool goes_on = *cause == kNightOver && goes_on_at_end();
  if (auto ended = end_run(goes_on ? std::nullopt : cause); !ended) return ended;
  const bool stays = *cause != kStopped && dependencies_.clock.now() < night_.end;
  if (stays) say("nothing more is fetched tonight (" + *cause + ")" + so_far());
  return {};
}

/// One visit, or one wait for what is due next.
Result<void> Daemon::go_on() {
  if (auto in_place = dependencies_.store.check_in_place(); !in_place) return in_place;
  plans_changed();
  if (std::exchange(unplanned_, false)) return keep_to_ceiling();
  const auto next = dependencies_.store.next_due(night_.end);
  if (!next) return fail(next.error());
  const bool is_due = *next && (*next)->at.value_or(Instant{}) <= dependencies_.clock.now();
  return is_due ? visit((*next)->channel) : wait_for_due(*next);
}

std::optional<std::string> Daemon::reason_to_end() {
  if (dependencies_.clock.stop_asked()) return kStopped;
  if (dependencies_.clock.now() >= night_.end) return kNightOver;
  if (gave_up_) return kHostPause;
  if (run_ && run_->spent(dependencies_.visitor.budget())) return kBudgetSpent;
  return std::nullopt;
}

/// Whether the next night begins where this one ends, as with a window of the whole day.
bool Daemon::goes_on_at_end() const {
  const NightWindow window = dependencies_.visitor.settings().schedule.window;
  return night_at(window, night_.end).begin == night_.end;
}

/// Nothing is due yet. When nothing more will be tonight, the run is over.
Result<void> Daemon::wait_for_due(const std::optional<store::Store::Due>& next) {
  if (!next) {
    if (auto ended = end_run(std::nullopt); !ended) return ended;
    dependencies_.pulse.disk_fails(false);
    say("nothing more is due tonight" + so_far());
  } else {
    say("waiting until " + format_instant(next->at.value_or(night_.end)) + " for " +
        next->channel.str() + so_far());
  }
  const Instant moment = next && next->at ? *next->at : night_.end;
  wait_until(std::min(moment, dependencies_.clock.now() + kLook));
  return {};
}

Result<void> Daemon::begin_run() {
  dependencies_.visitor.try_anew();
  auto begun = patiently([this] {
    return CrawlRun::begin(dependencies_.store,
                           dependencies_.visitor,
                           dependencies_.clock,
                           {.max_unknown_markup = dependencies_.visitor.max_unknown_markup(),
                            .robots_ignored = dependencies_.visitor.ignores_robots(),
                            .keep_outcomes = false,
                            .stop_asked = [this] { return dependencies_.clock.stop_asked(); }});
  });
  if (!begun) return fail(begun.error());
  run_.emplace(*std::move(begun));
  return {};
}

Result<void> Daemon::visit(const ChannelName& channel) {
  if (!run_) {
    if (auto begun = begin_run(); !begun) return begun;
  }
  VisitSettings settings = dependencies_.visitor.settings();
  settings.end = night_.end;
  const auto outcome =
      run_->visit(channel, settings, dependencies_.visitor.budget(), [&](const VisitReport&) {
        dependencies_.notifier.progress();
      });
  if (!outcome) {
    dependencies_.pulse.visited(
        {.channel = channel, .error = outcome.error(), .cause = std::string(kStorage)});
    return fail(outcome.error());
  }
  outage_pause_ = kLook;
  dependencies_.pulse.disk_fails(false);
  dependencies_.notifier.progress();
  tell_visits();
  if (!*outcome) return {};
  dependencies_.pulse.visited(**outcome);
  if (dependencies_.clock.stop_asked()) return {};
  log_visit(dependencies_.log, **outcome);
  if ((*outcome)->deferred) sit_out(**outcome);
  return {};
}

/// The hosts want to be left alone, for as long as the gate says, or nothing comes from them; or
/// somebody else holds the database.
void Daemon::sit_out(const ChannelOutcome& deferred) {
  const Instant now = dependencies_.clock.now();
  if (deferred.cause == kStoreBusy) {
    say("waiting for the database, which is busy" + so_far());
    wait_until(now + kLook);
    return;
  }
  const auto pause = std::chrono::ceil<seconds>(dependencies_.visitor.pause());
  const bool by_itself = pause == seconds::zero();
  const Instant open_at = now + (by_itself ? kBreather : pause);
  gave_up_ = open_at >= night_.end;
  if (gave_up_) return;
  say("no host is asked until " + format_instant(open_at) + so_far());
  wait_until(open_at);
  if (by_itself) dependencies_.visitor.try_anew();
}

Result<void> Daemon::end_run(const std::optional<std::string>& cause) {
  if (!run_) return {};
  if (cause) {
    const auto due = dependencies_.store.count_due(dependencies_.clock.now() + seconds{1});
    if (!due) return fail(due.error());
    auto deferred = patiently([&] { return run_->defer(*cause, *due); });
    if (!deferred) return deferred;
  }
  const auto report = patiently([this] { return run_->end(); });
  if (!report) return fail(report.error());
  run_.reset();
  dependencies_.pulse.ended(*report);
  log_run(dependencies_.log, *report);
  log_pruned(dependencies_.log, dependencies_.visitor.prune(dependencies_.clock.now()));
  last_run_ = in_words(*report);
  return {};
}

template <class Act>
auto Daemon::patiently(const Act& act) -> decltype(act()) {
  for (;;) {
    auto done = act();
    if (done || done.error().code != Errc::storage_busy || dependencies_.clock.stop_asked())
      return done;
    dependencies_.log.write(
        LogLevel::warn, "database_busy", {{.name = "error", .value = done.error().message}});
    say("waiting for the database, which is busy" + so_far());
    wait_until(dependencies_.clock.now() + kLook);
  }
}

/// In pieces, each of which shows the watchdog that somebody is waiting. False when it was ended
/// early, by a stop, a reload or a clock that was set back.
bool Daemon::wait_until(Instant moment) {
  using std::chrono::milliseconds;
  milliseconds piece = kLook;
  if (const auto watchdog = dependencies_.notifier.watchdog()) {
    piece = std::min(piece, std::chrono::floor<milliseconds>(*watchdog / 3));
  }
  const std::int64_t end_ms = milliseconds{moment.time_since_epoch()}.count();
  for (;;) {
    if (dependencies_.clock.stop_asked() || plans_changed()) return false;
    const milliseconds left{end_ms - dependencies_.clock.now_ms()};
    if (left <= milliseconds::zero()) return true;
    dependencies_.clock.sleep(std::min(left, piece));
    dependencies_.notifier.progress();
  }
}

/// Whether what was planned may not hold any more.
bool Daemon::plans_changed() {
  const bool reloaded = reload_if_asked();
  const bool changed = clock_was_set_back() || reloaded;
  unplanned_ = unplanned_ || changed;
  return changed;
}

/// A wait for a moment of the clock before would last as long as that was wrong.
bool Daemon::clock_was_set_back() {
  using std::chrono::milliseconds;
  constexpr milliseconds kCorrection = std::chrono::minutes{1};  // by NTP, now and then
  const std::int64_t before = std::exchange(latest_ms_, dependencies_.clock.now_ms());
  const milliseconds back{before - latest_ms_};
  if (back <= kCorrection) return false;
  dependencies_.log.write(
      LogLevel::warn,
      "clock_set_back",
      {{.name = "seconds", .value = std::to_string(std::chrono::floor<seconds>(back).count())}});
  told_at_ = {};
  follow_window();
  return true;
}

bool Daemon::reload_if_asked() {
  if (!dependencies_.clock.take_reload()) return false;
  dependencies_.notifier.reloading();
  const NightWindow window = dependencies_.visitor.settings().schedule.window;
  const auto reloaded = dependencies_.visitor.reload();
  if (reloaded) {
    dependencies_.log.write(LogLevel::info, "reloaded", {});
    for (const std::string& key : *reloaded) {
      dependencies_.log.write(LogLevel::warn, "needs_restart", {{.name = "key", .value = key}});
    }
    say(reloaded->empty() ? "reloaded" : "reloaded; some settings need a restart: see the log");
    if (dependencies_.visitor.settings().schedule.window != window) follow_window();
  } else {
    const std::string& why = reloaded.error().message;
    dependencies_.log.write(LogLevel::error, "reload_failed", {{.name = "error", .value = why}});
    say("reload failed, the old configuration is in force: " + why);
  }
  dependencies_.notifier.ready();
  return true;
}

/// The night under way is one of the new window, or is over.
void Daemon::follow_window() {
  const Instant now = dependencies_.clock.now();
  const Night night = night_at(dependencies_.visitor.settings().schedule.window, now);
  if (night.holds(now)) {
    night_ = night;
  } else {
    night_.end = std::min(night_.end, now);
  }
}

void Daemon::tell_visits() {
  constexpr seconds kEvery{10};
  const Instant now = dependencies_.clock.now();
  if (now < told_at_ + kEvery) return;
  told_at_ = now;
  say("visiting" + so_far());
}

void Daemon::say(const std::string& line) {
  if (std::exchange(said_, line) != line) dependencies_.notifier.status(line);
}

/// The run under way or the last one, to be put behind what is done now.
std::string Daemon::so_far() const {
  if (run_) return "; " + in_words(run_->report());
  return last_run_.empty() ? "" : "; " + last_run_;
}

}  // namespace qanat::app
