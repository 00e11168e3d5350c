#pragma once

#include "app/crawl_run.h"
#include "app/log.h"

/// What a log that nobody watches must have of a run.
namespace qanat::app {

/// A line for a visit that failed or was deferred.
void log_visit(const Log& log, const ChannelOutcome& outcome);

/// A line with the run's sums, and one when the page's markup has drifted.
void log_run(const Log& log, const RunReport& run);

}  // namespace qanat::app
