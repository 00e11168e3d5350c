#include "app/crawl_log.h"

#include <string>

namespace qanat::app {

namespace {

bool is_read(store::ChannelState state) {
  using enum store::ChannelState;
  return state == fresh || state == live || state == slow;
}

/// Another pace is nobody's business.
LogLevel level_of_change(store::ChannelState before, store::ChannelState now) {
  if (!is_read(now)) return LogLevel::warn;
  return is_read(before) ? LogLevel::debug : LogLevel::info;
}

void log_change(const Log& log, const ChannelOutcome& outcome) {
  if (!outcome.state) return;
  log.write(level_of_change(outcome.state_before, *outcome.state),
            "channel_state",
            {{.name = "channel", .value = outcome.channel.str()},
             {.name = "from", .value = std::string(name_of(outcome.state_before))},
             {.name = "to", .value = std::string(name_of(*outcome.state))}});
}

void log_gap(const Log& log, const ChannelOutcome& outcome) {
  if (outcome.error || !outcome.report || !outcome.report->gap) return;
  const store::Gap& gap = *outcome.report->gap;
  log.write(outcome.report->lost_posts ? LogLevel::warn : LogLevel::info,
            "gap",
            {{.name = "channel", .value = outcome.channel.str()},
             {.name = "low", .value = std::to_string(gap.low)},
             {.name = "high", .value = std::to_string(gap.high)},
             {.name = "cause", .value = gap.cause}});
}

void log_deferral(const Log& log, const Deferral& deferral) {
  const LogField cause{.name = "cause", .value = deferral.cause};
  const LogField visits{.name = "visits", .value = std::to_string(deferral.visits)};
  if (deferral.error.empty()) {
    log.write(LogLevel::warn, "visits_deferred", {cause, visits});
  } else {
    log.write(LogLevel::warn,
              "visits_deferred",
              {cause, visits, {.name = "error", .value = deferral.error}});
  }
}

}  // namespace

void log_visit(const Log& log, const ChannelOutcome& outcome) {
  log_change(log, outcome);
  log_gap(log, outcome);
  if (outcome.report && !outcome.report->recheck_error.empty()) {
    log.write(LogLevel::warn,
              "recheck_failed",
              {{.name = "channel", .value = outcome.channel.str()},
               {.name = "error", .value = outcome.report->recheck_error}});
  }
  if (!outcome.new_name.empty()) {
    log.write(LogLevel::warn,
              "channel_renamed",
              {{.name = "channel", .value = outcome.channel.str()},
               {.name = "shown_as", .value = outcome.new_name}});
  }
  if (!outcome.error) return;
  log.write(LogLevel::warn,
            outcome.deferred ? "visit_deferred" : "visit_failed",
            {{.name = "channel", .value = outcome.channel.str()},
             {.name = "cause", .value = outcome.cause},
             {.name = "error", .value = outcome.error->message}});
}

void log_pause(const Log& log, const PoliteClient::Pause& pause) {
  log.write(LogLevel::info,
            "host_pause",
            {{.name = "seconds", .value = std::to_string(pause.wait.count())},
             {.name = "cause", .value = pause.because}});
}

void log_run(const Log& log, const RunReport& run) {
  if (const std::string drift = run.drift(); !drift.empty()) {
    log.write(LogLevel::warn, "markup_drift", {{.name = "what", .value = drift}});
  }
  if (run.robots_ignored) log.write(LogLevel::warn, "robots_ignored", {});
  for (const Deferral& deferral : run.deferrals) {
    log_deferral(log, deferral);
  }
  const store::RunTotals& totals = run.totals();
  log.write(run.degraded() ? LogLevel::warn : LogLevel::info,
            run.degraded() ? "run_degraded" : "run_finished",
            {{.name = "run", .value = std::to_string(run.run)},
             {.name = "planned", .value = std::to_string(totals.planned)},
             {.name = "fetched", .value = std::to_string(totals.fetched)},
             {.name = "unchanged", .value = std::to_string(totals.unchanged)},
             {.name = "failed", .value = std::to_string(totals.failed)},
             {.name = "deferred", .value = std::to_string(totals.deferred)},
             {.name = "requests", .value = std::to_string(totals.requests)},
             {.name = "pages", .value = std::to_string(totals.pages)},
             {.name = "new", .value = std::to_string(totals.fresh)},
             {.name = "edited", .value = std::to_string(totals.edited)},
             {.name = "deleted", .value = std::to_string(totals.deleted)},
             {.name = "gaps", .value = std::to_string(totals.gaps)}});
}

}  // namespace qanat::app
