#include "app/daemon.h"

#include <algorithm>
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
  if (const auto first = doors_.store.next_due(doors_.clock.now()); !first) {
    return fail(first.error());
  }
  doors_.pulse.ready();
  doors_.notifier.ready();
  while (!doors_.clock.stop_asked()) {
    if (auto lived = live_through_night(); !lived) return lived;
  }
  doors_.notifier.stopping();
  doors_.log.write(LogLevel::info, "stopped", {});
  return {};
}

/// Until the end of the night that lasts or comes; less when it is asked to stop or reload.
Result<void> Daemon::live_through_night() {
  const auto night = coming_night();
  if (!night) return fail(night.error());
  night_ = *night;
  if (doors_.clock.now() < night_.begin) {
    say("waiting until " + format_instant(night_.begin) + so_far());
  }
  if (!wait_until(night_.begin)) return {};
  if (auto spent = spend(); !spent) return spent;
  // What ended the run early is not tried again in the same night, unless it is allowed more.
  const RunBudget budget = doors_.visitor.budget();
  while (!wait_until(night_.end) && !doors_.clock.stop_asked() &&
         budget == doors_.visitor.budget()) {
  }
  return {};
}

/// The night that lasts or comes; one that begins now when the last one was missed.
Result<Night> Daemon::coming_night() {
  const NightWindow window = doors_.visitor.settings().schedule.window;
  const Instant now = doors_.clock.now();
  const Night night = night_at(window, now);
  if (night.holds(now)) return night;
  const auto missed = was_missed(night_before(window, now));
  if (!missed) return fail(missed.error());
  if (!*missed) return night;
  doors_.log.write(LogLevel::info, "night_made_up_for", {});
  return Night{.begin = now, .end = now + window.length};
}

/// Whether channels wait since `last` because nothing ran then, or not to its end.
Result<bool> Daemon::was_missed(const Night& last) {
  const auto waiting = doors_.store.next_due(last.end);
  if (!waiting) return fail(waiting.error());
  if (!*waiting) return false;
  const auto runs = doors_.store.runs(1);
  if (!runs) return fail(runs.error());
  if (runs->empty() || runs->front().started_at < last.begin) return true;
  if (!runs->front().ended_at) return true;
  const auto troubles = doors_.store.troubles(runs->front().id);
  if (!troubles) return fail(troubles.error());
  return troubles->deferred.contains(kStopped) || troubles->failed.contains(kStorage);
}

Result<void> Daemon::spend() {
  gave_up_ = false;
  std::optional<std::string> cause;
  while (!(cause = reason_to_end())) {
    if (reload_if_asked()) continue;
    const auto next = doors_.store.next_due(night_.end);
    if (!next) return fail(next.error());
    const bool is_due = *next && (*next)->at.value_or(Instant{}) <= doors_.clock.now();
    auto done = is_due ? visit((*next)->channel) : wait_for_due(*next);
    if (!done) return done;
  }
  if (auto ended = end_run(cause); !ended) return ended;
  const bool stays = *cause != kStopped && doors_.clock.now() < night_.end;
  if (stays) say("nothing more is asked for tonight (" + *cause + ")" + so_far());
  return {};
}

std::optional<std::string> Daemon::reason_to_end() {
  if (doors_.clock.stop_asked()) return kStopped;
  if (doors_.clock.now() >= night_.end) return kNightOver;
  if (gave_up_) return kHostPause;
  if (run_ && run_->spent(doors_.visitor.budget())) return kBudgetSpent;
  return std::nullopt;
}

/// Nothing is due yet. When nothing more will be tonight, the run is over.
Result<void> Daemon::wait_for_due(const std::optional<store::Store::Due>& next) {
  if (!next) {
    if (auto ended = end_run(std::nullopt); !ended) return ended;
    say("nothing more is due tonight" + so_far());
  } else {
    say("waiting until " + format_instant(next->at.value_or(night_.end)) + " for " +
        next->channel.str() + so_far());
  }
  const Instant moment = next && next->at ? *next->at : night_.end;
  wait_until(std::min(moment, doors_.clock.now() + kLook));
  return {};
}

Result<void> Daemon::begin_run() {
  doors_.visitor.try_anew();
  auto begun = patiently([this] {
    return CrawlRun::begin(doors_.store,
                           doors_.visitor,
                           doors_.clock,
                           {.max_unknown_markup = doors_.visitor.max_unknown_markup(),
                            .robots_ignored = doors_.visitor.ignores_robots(),
                            .keep_outcomes = false});
  });
  if (!begun) return fail(begun.error());
  run_.emplace(*std::move(begun));
  return {};
}

Result<void> Daemon::visit(const ChannelName& channel) {
  if (!run_) {
    if (auto begun = begin_run(); !begun) return begun;
  }
  const auto outcome = run_->visit(
      channel, doors_.visitor.settings(), doors_.visitor.budget(), [&](const VisitReport&) {
        doors_.notifier.progress();
      });
  if (!outcome) return fail(outcome.error());
  doors_.notifier.progress();
  tell_visits();
  if (!*outcome) return {};
  doors_.pulse.visited(**outcome);
  if (doors_.clock.stop_asked()) return {};
  log_visit(doors_.log, **outcome);
  if ((*outcome)->deferred) sit_out(**outcome);
  return {};
}

/// The hosts want to be left alone, for as long as the gate says, or nothing comes from them; or
/// somebody else holds the database.
void Daemon::sit_out(const ChannelOutcome& deferred) {
  const Instant now = doors_.clock.now();
  if (deferred.cause == kStoreBusy) {
    say("waiting for the database, which is busy" + so_far());
    wait_until(now + kLook);
    return;
  }
  const auto pause = std::chrono::ceil<seconds>(doors_.visitor.pause());
  const bool by_itself = pause == seconds::zero();
  const Instant open_at = now + (by_itself ? kBreather : pause);
  gave_up_ = open_at >= night_.end;
  if (gave_up_) return;
  say("the hosts are left alone until " + format_instant(open_at) + so_far());
  wait_until(open_at);
  if (by_itself) doors_.visitor.try_anew();
}

Result<void> Daemon::end_run(const std::optional<std::string>& cause) {
  if (!run_) return {};
  if (cause) {
    const auto due = doors_.store.count_due(doors_.clock.now() + seconds{1});
    if (!due) return fail(due.error());
    auto deferred = patiently([&] { return run_->defer(*cause, *due); });
    if (!deferred) return deferred;
  }
  const auto report = patiently([this] { return run_->end(); });
  if (!report) return fail(report.error());
  run_.reset();
  doors_.pulse.ended(*report);
  log_run(doors_.log, *report);
  log_pruned(doors_.log, doors_.visitor.prune(doors_.clock.now()));
  last_run_ = in_words(*report);
  return {};
}

template <class Act>
auto Daemon::patiently(const Act& act) -> decltype(act()) {
  for (;;) {
    auto done = act();
    if (done || done.error().code != Errc::storage_busy || doors_.clock.stop_asked()) return done;
    doors_.log.write(
        LogLevel::warn, "database_busy", {{.name = "error", .value = done.error().message}});
    say("waiting for the database, which is busy" + so_far());
    wait_until(doors_.clock.now() + kLook);
  }
}

/// In pieces, each of which shows the watchdog that somebody is waiting. False when it was ended
/// early, by a stop or a reload.
bool Daemon::wait_until(Instant moment) {
  using std::chrono::milliseconds;
  milliseconds piece = kLook;
  if (const auto watchdog = doors_.notifier.watchdog()) {
    piece = std::min(piece, std::chrono::floor<milliseconds>(*watchdog / 3));
  }
  const std::int64_t end_ms = milliseconds{moment.time_since_epoch()}.count();
  for (;;) {
    if (doors_.clock.stop_asked() || reload_if_asked()) return false;
    const milliseconds left{end_ms - doors_.clock.now_ms()};
    if (left <= milliseconds::zero()) return true;
    doors_.clock.sleep(std::min(left, piece));
    doors_.notifier.progress();
  }
}

bool Daemon::reload_if_asked() {
  if (!doors_.clock.take_reload()) return false;
  doors_.notifier.reloading();
  const NightWindow window = doors_.visitor.settings().schedule.window;
  const auto reloaded = doors_.visitor.reload();
  if (reloaded) {
    doors_.log.write(LogLevel::info, "reloaded", {});
    say("reloaded");
    if (doors_.visitor.settings().schedule.window != window) follow_window();
  } else {
    const std::string& why = reloaded.error().message;
    doors_.log.write(LogLevel::error, "reload_failed", {{.name = "error", .value = why}});
    say("reload failed, the old configuration is in force: " + why);
  }
  doors_.notifier.ready();
  return true;
}

/// The night under way is one of the new window, or is over.
void Daemon::follow_window() {
  const Instant now = doors_.clock.now();
  const Night night = night_at(doors_.visitor.settings().schedule.window, now);
  if (night.holds(now)) {
    night_ = night;
  } else {
    night_.end = std::min(night_.end, now);
  }
}

void Daemon::tell_visits() {
  constexpr seconds kEvery{10};
  const Instant now = doors_.clock.now();
  if (now < told_at_ + kEvery) return;
  told_at_ = now;
  say("visiting" + so_far());
}

void Daemon::say(const std::string& line) {
  if (std::exchange(said_, line) != line) doors_.notifier.status(line);
}

/// The run under way or the last one, to be put behind what is done now.
std::string Daemon::so_far() const {
  if (run_) return "; " + in_words(run_->report());
  return last_run_.empty() ? "" : "; " + last_run_;
}

}  // namespace qanat::app
