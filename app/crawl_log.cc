#include "app/crawl_log.h"

#include <string>

namespace qanat::app {

void log_visit(const Log& log, const ChannelOutcome& outcome) {
  if (!outcome.error) return;
  log.write(LogLevel::warn,
            outcome.deferred ? "visit_deferred" : "visit_failed",
            {{.name = "channel", .value = outcome.channel.str()},
             {.name = "cause", .value = outcome.cause},
             {.name = "error", .value = outcome.error->message}});
}

void log_run(const Log& log, const RunReport& run) {
  if (const std::string drift = run.drift(); !drift.empty()) {
    log.write(LogLevel::warn, "markup_drift", {{.name = "what", .value = drift}});
  }
  if (run.robots_ignored) log.write(LogLevel::warn, "robots_ignored", {});
  for (const Deferral& deferral : run.deferrals) {
    log.write(LogLevel::warn,
              "visits_deferred",
              {{.name = "cause", .value = deferral.cause},
               {.name = "visits", .value = std::to_string(deferral.visits)},
               {.name = "error", .value = deferral.error}});
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
