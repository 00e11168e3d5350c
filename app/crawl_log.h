#pragma once

#include "app/crawl_run.h"
#include "app/log.h"
#include "app/polite_client.h"

/// What a log that nobody watches must have of a run.
namespace qanat::app {

/// What a visit found that somebody must see: another state, a new name, a gap; and why it failed
/// or was deferred. Nothing of one that went as usual.
void log_visit(const Log& log, const ChannelOutcome& outcome);

/// What a person at a terminal sees in the progress line.
void log_pause(const Log& log, const PoliteClient::Pause& pause);

/// A line with the run's sums, and one when the page's markup has drifted.
void log_run(const Log& log, const RunReport& run);

}  // namespace qanat::app
