#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/visit.h"
#include "base/channel_name.h"
#include "base/error.h"
#include "base/instant.h"
#include "store/store.h"

namespace qanat::app {

/// How one planned visit of a run ended: with a report, with an error, or not at all (deferred).
struct ChannelOutcome {
  ChannelName channel;
  std::optional<VisitReport> report;
  std::optional<Error> error;  ///< why it failed, or why it was deferred
  bool deferred = false;
};

struct RunReport {
  std::int64_t run = 0;  ///< 0 for a dry run
  bool dry_run = false;
  Instant started_at;
  Instant ended_at;
  int requests = 0;
  std::vector<ChannelOutcome> channels;  ///< in the order of their visits
  std::int64_t max_unknown_markup = 0;   ///< per hundred posts, else the run is degraded

  [[nodiscard]] store::RunTotals totals() const;
  /// That the parser does not know more of the seen posts than it may; empty when it does.
  [[nodiscard]] std::string drift() const;
  /// Something failed, was deferred, drifted, or left a gap, other than the history below a first
  /// visit's page budget.
  [[nodiscard]] bool degraded() const;
};

struct CrawlPlan {
  std::vector<ChannelName> channels;  ///< known to the store
  int max_pages = 1;                  ///< per channel
  std::chrono::seconds revisit{};
  std::int64_t max_unknown_markup = 0;  ///< per hundred posts
  bool backfill = false;                ///< read known gaps too
  bool dry_run = false;
};

/// Where a run stands, for a progress line.
struct CrawlProgress {
  const RunReport& run;  ///< the visits that ended
  std::size_t planned = 0;
  const ChannelName& channel;  ///< being visited
  const VisitReport& visit;    ///< so far
};
using OnProgress = std::function<void(const CrawlProgress&)>;

/// One run: visits the planned channels one after another, keeps the run's row and each failure.
/// A failing channel does not stop the others; a long pause that the host demands defers the rest.
/// Errors: those of the store: then the run stops where it is; what it acknowledged is safe.
Result<RunReport> crawl(World& world,
                        store::Store& store,
                        const CrawlPlan& plan,
                        const OnProgress& on_progress);

}  // namespace qanat::app
