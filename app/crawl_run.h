#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/visit.h"
#include "base/channel_name.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/instant.h"
#include "store/store.h"

namespace qanat::app {

/// How one planned visit of a run ended: with a report, with an error, or not at all (deferred).
struct ChannelOutcome {
  ChannelName channel;
  std::optional<VisitReport> report;  ///< of a failed visit: of the pages that were kept
  std::optional<Error> error;         ///< why it failed, or why it was deferred
  std::string cause;                  ///< the same in a word or two, for sums
  bool deferred = false;
  bool news = false;  ///< posts are new, edited, deleted or back, or the state is another one
  store::ChannelState state_before = store::ChannelState::fresh;
  std::optional<store::ChannelState> state;  ///< when it is another one now
  std::string new_name;                      ///< the page's, when the last visit's was another
};

/// Visits of a run that were due and not made, by their reason.
struct Deferral {
  std::string cause;  ///< in a word or two
  std::string error;  ///< in words
  std::int64_t visits = 0;
};

/// What a run did, and whether that is all it should have.
class RunReport {
 public:
  std::int64_t run = 0;  ///< 0 for a dry run
  bool dry_run = false;
  Instant started_at;
  Instant ended_at;
  std::int64_t max_unknown_markup = 0;   ///< per hundred posts, else the run is degraded
  bool robots_ignored = false;           ///< as configured
  std::vector<ChannelOutcome> channels;  ///< in the order of their visits, where they are kept
  std::vector<Deferral> deferrals;       ///< by reason
  VisitReport visits;                    ///< the sum of all

  /// Counts a visit that succeeded or failed.
  void add(const ChannelOutcome& outcome);
  /// Adds what the pages of a visit held.
  void add_pages(const VisitReport& visit);
  void add_deferred(const Deferral& deferral);
  void set_requests(int requests) { totals_.requests = requests; }

  [[nodiscard]] const store::RunTotals& totals() const { return totals_; }
  /// That the parser does not know more of the seen posts than it may; empty when it does.
  [[nodiscard]] std::string drift() const;
  /// Something failed, was deferred, drifted, or left a gap, other than the history below a first
  /// visit's page budget.
  [[nodiscard]] bool degraded() const;

 private:
  store::RunTotals totals_;
  bool lost_posts_ = false;
};

/// What a run may spend. Checked between pages: one that is being asked for is finished.
struct RunBudget {
  std::int64_t requests = 0;    ///< 0: any number
  std::chrono::seconds time{};  ///< 0: any time

  bool operator==(const RunBudget&) const = default;
};

/// What a run visits channels with.
class Visitor {
 public:
  Visitor() = default;
  Visitor(const Visitor&) = delete;
  Visitor& operator=(const Visitor&) = delete;
  virtual ~Visitor() = default;

  /// As visit().
  virtual Result<VisitReport> visit(const VisitPlan& plan, const OnPage& on_page) = 0;
  /// Requests sent so far.
  [[nodiscard]] virtual int requests() const = 0;
};

/// One run under way: its row in the store, its visits one by one, its sums. A failing visit does
/// not stop it; its cause is kept for `channels list`, `runs show` and the next visit's moment.
/// The errors of all calls are those of the store: then the run stops where it is, and what it
/// acknowledged is safe. A visit that such an error breaks off is the run's last: its row ends with
/// that failure, at once or with an end() when the database can be written to again.
class CrawlRun {
 public:
  struct Options {
    std::int64_t max_unknown_markup = 0;  ///< per hundred posts
    bool robots_ignored = false;          ///< for the report
    bool backfill = false;                ///< read all known gaps too
    bool dry_run = false;                 ///< keeps no row and no failure
    bool keep_outcomes = true;            ///< in RunReport::channels: one entry a visit
    std::function<bool()> stop_asked = [] { return false; };  ///< what it cuts says nothing
  };

  /// All references outlive the run.
  static Result<CrawlRun> begin(store::Store& store,
                                Visitor& visitor,
                                Clock& clock,
                                const Options& options);

  /// Visits a channel. One that is not followed any more is passed over: then there is no outcome.
  /// A visit that the host's pause prevents, or cuts, or for which the database is busy, ends as
  /// deferred: the channel stays due, behind the others when its own request led to the pause; one
  /// that does so again fails. It is not counted yet; try again later, or defer(). Its walk ends
  /// where `budget` does.
  Result<std::optional<ChannelOutcome>> visit(const ChannelName& channel,
                                              const VisitSettings& settings,
                                              const RunBudget& budget,
                                              const OnPage& on_page);

  /// Visits that were due and are not made: one, and others for the same reason; or so many. An
  /// error counts nothing.
  Result<void> defer(const ChannelOutcome& first, std::span<const ChannelName> others);
  Result<void> defer(const std::string& cause, std::int64_t count);

  /// Why nothing more may be asked; nothing while it may.
  [[nodiscard]] std::optional<std::string> spent(const RunBudget& budget) const;

  [[nodiscard]] const RunReport& report() const { return report_; }

  Result<RunReport> end();

 private:
  CrawlRun(store::Store& store, Visitor& visitor, Clock& clock, const Options& options);

  Result<ChannelOutcome> visit_known(const store::ChannelRow& known,
                                     const VisitSettings& settings,
                                     const RunBudget& budget,
                                     const OnPage& on_page);
  [[nodiscard]] Result<VisitPlan> plan_of(const store::ChannelRow& known,
                                          const VisitSettings& settings,
                                          const RunBudget& budget) const;
  Error end_broken(const store::ChannelRow& known,
                   const VisitSettings& settings,
                   const std::optional<VisitReport>& so_far,
                   Error error);
  [[nodiscard]] store::FailedVisit stepped_back(const store::ChannelRow& known,
                                                const Error& error) const;
  [[nodiscard]] store::FailedVisit failed_visit(const store::ChannelRow& known,
                                                const VisitSettings& settings,
                                                const Error& error) const;
  Result<void> keep_failure(const store::FailedVisit& visit, Instant at);
  Result<void> write_end();
  void count(const ChannelOutcome& outcome);
  Result<void> add(const ChannelOutcome& outcome);
  Result<void> keep_deferral(const std::string& cause, std::int64_t count);
  Result<void> keep_totals();

  store::Store* store_;
  Visitor* visitor_;
  Clock* clock_;
  Options options_;
  int requests_before_;
  RunReport report_;
  std::optional<Instant> broken_at_;          ///< its end
  std::optional<store::FailedVisit> unkept_;  ///< that broke it off
};

/// In a word or two: "network", "host trouble", "http", "markup", "other channel".
[[nodiscard]] std::string_view cause_of(Errc code);
/// All that cause_of() gives, each once.
[[nodiscard]] std::vector<std::string> causes();

/// What every report of such a run says.
inline constexpr const char* kRobotsIgnored =
    "robots.txt was ignored, as `crawl.ignore_robots` says";

/// The causes of deferred visits.
inline constexpr const char* kHostPause = "host pause";
inline constexpr const char* kStopped = "stopped";
inline constexpr const char* kStoreBusy = "database busy";
/// The cause of a failed visit that ended its run.
inline constexpr const char* kStorage = "storage";

struct CrawlPlan {
  std::vector<ChannelName> channels;  ///< known to the store
  VisitSettings settings;
  RunBudget budget;
  std::int64_t max_unknown_markup = 0;  ///< per hundred posts
  bool robots_ignored = false;          ///< for the report
  bool backfill = false;                ///< read known gaps too
  bool dry_run = false;
  std::function<bool()> stop_asked = [] { return false; };  ///< the operator's wish ends the run
  std::function<void()> on_busy = [] {};  ///< told before each wait for the database
  /// Told of each visit at its end, but not of deferred ones.
  std::function<void(const ChannelOutcome&)> on_visited = [](const ChannelOutcome&) {};
};

/// How long a run waits for a database that another process writes to, to begin or to end.
inline constexpr std::chrono::minutes kMostBusy{10};

/// Where a run stands, for a progress line.
struct CrawlProgress {
  const RunReport& run;  ///< the visits that ended
  std::size_t planned = 0;
  const ChannelName& channel;  ///< being visited
  const VisitReport& visit;    ///< so far
};
using OnProgress = std::function<void(const CrawlProgress&)>;

/// One run: visits the planned channels one after another. A long pause that the host demands, a
/// spent budget, the operator, or a database that is busy defers the rest; what the run then writes
/// of itself waits for kMostBusy. Errors: as CrawlRun.
Result<RunReport> crawl(World& world,
                        store::Store& store,
                        const CrawlPlan& plan,
                        const OnProgress& on_progress);

}  // namespace qanat::app
