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
  if (doors_.clock.now() < night->begin) {
    doors_.notifier.status("waiting until " + format_instant(night->begin) +
                           (last_run_.empty() ? "" : "; " + last_run_));
  }
  if (!wait_until(night->begin)) return {};
  if (auto spent = spend(*night); !spent) return spent;
  // What ended the run early is not tried again in the same night.
  while (!wait_until(night->end) && !doors_.clock.stop_asked()) {
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
  return troubles->deferred.contains(kStopped);
}

Result<void> Daemon::spend(const Night& night) {
  gave_up_ = false;
  std::optional<std::string> cause;
  while (!(cause = reason_to_end(night))) {
    reload_if_asked();
    const auto next = doors_.store.next_due(night.end);
    if (!next) return fail(next.error());
    const bool is_due = *next && (*next)->at.value_or(Instant{}) <= doors_.clock.now();
    auto done = is_due ? visit((*next)->channel, night) : wait_for_due(*next, night);
    if (!done) return done;
  }
  return end_run(cause);
}

std::optional<std::string> Daemon::reason_to_end(const Night& night) {
  if (doors_.clock.stop_asked()) return kStopped;
  if (doors_.clock.now() >= night.end) return kNightOver;
  if (gave_up_) return kHostPause;
  if (run_ && run_->spent(doors_.visitor.budget())) return kBudgetSpent;
  return std::nullopt;
}

/// Nothing is due yet. When nothing more will be tonight, the run is over.
Result<void> Daemon::wait_for_due(const std::optional<store::Store::Due>& next,
                                  const Night& night) {
  if (!next) {
    if (auto ended = end_run(std::nullopt); !ended) return ended;
    doors_.notifier.status("nothing more is due tonight; " + last_run_);
  }
  const Instant moment = next && next->at ? *next->at : night.end;
  wait_until(std::min(moment, doors_.clock.now() + kLook));
  return {};
}

Result<void> Daemon::visit(const ChannelName& channel, const Night& night) {
  if (!run_) {
    doors_.visitor.try_anew();
    auto begun = CrawlRun::begin(doors_.store,
                                 doors_.visitor,
                                 doors_.clock,
                                 {.max_unknown_markup = doors_.visitor.max_unknown_markup(),
                                  .robots_ignored = doors_.visitor.ignores_robots(),
                                  .keep_outcomes = false});
    if (!begun) return fail(begun.error());
    run_.emplace(*std::move(begun));
  }
  const auto outcome = run_->visit(
      channel, doors_.visitor.settings(), [&](const VisitReport&) { doors_.notifier.progress(); });
  if (!outcome) return fail(outcome.error());
  doors_.notifier.progress();
  tell_visits();
  if (!*outcome) return {};
  doors_.pulse.visited(**outcome);
  if (doors_.clock.stop_asked()) return {};
  log_visit(doors_.log, **outcome);
  if (!(*outcome)->deferred) return {};
  return sit_out(night);
}

/// The hosts want to be left alone, for as long as the gate says, or nothing comes from them.
Result<void> Daemon::sit_out(const Night& night) {
  const auto pause = std::chrono::ceil<seconds>(doors_.visitor.pause());
  const bool by_itself = pause == seconds::zero();
  const Instant open_at = doors_.clock.now() + (by_itself ? kBreather : pause);
  gave_up_ = open_at >= night.end;
  if (gave_up_) return {};
  doors_.notifier.status("the hosts are left alone until " + format_instant(open_at));
  wait_until(open_at);
  if (by_itself) doors_.visitor.try_anew();
  return {};
}

Result<void> Daemon::end_run(const std::optional<std::string>& cause) {
  if (!run_) return {};
  if (cause) {
    const auto due = doors_.store.count_due(doors_.clock.now() + seconds{1});
    if (!due) return fail(due.error());
    if (auto deferred = run_->defer(*cause, *due); !deferred) return deferred;
  }
  const auto report = run_->end();
  if (!report) return fail(report.error());
  run_.reset();
  doors_.pulse.ended(*report);
  log_run(doors_.log, *report);
  log_pruned(doors_.log, doors_.visitor.prune(doors_.clock.now()));
  last_run_ = in_words(*report);
  return {};
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
  const auto reloaded = doors_.visitor.reload();
  if (reloaded) {
    doors_.log.write(LogLevel::info, "reloaded", {});
    doors_.notifier.status("reloaded");
  } else {
    const std::string& why = reloaded.error().message;
    doors_.log.write(LogLevel::error, "reload_failed", {{.name = "error", .value = why}});
    doors_.notifier.status("reload failed, the old configuration is in force: " + why);
  }
  doors_.notifier.ready();
  return true;
}

void Daemon::tell_visits() {
  constexpr seconds kEvery{10};
  const Instant now = doors_.clock.now();
  if (now < told_at_ + kEvery) return;
  told_at_ = now;
  doors_.notifier.status("visiting; " + in_words(run_->report()));
}

}  // namespace qanat::app
