#include "app/crawl_run.h"

#include <algorithm>
#include <utility>

namespace qanat::app {
namespace {

/// A channel that failed is tried again within the hour, if it would not be visited sooner.
constexpr std::chrono::hours kRetryAfterFailure{1};

bool is_storage(Errc code) {
  return code == Errc::storage || code == Errc::storage_busy || code == Errc::storage_unusable;
}

Result<VisitReport> visit_one(World& world,
                              store::Store& store,
                              const CrawlPlan& plan,
                              const ChannelName& channel,
                              const RunReport& run,
                              const OnProgress& on_progress) {
  const auto row = store.channel(channel);
  if (!row) return fail(row.error());
  const VisitPlan visit_plan{.channel = channel,
                             .settled = *row ? (*row)->settled : std::nullopt,
                             .max_pages = plan.max_pages,
                             .revisit = plan.revisit,
                             .run = run.run};
  return visit(world, visit_plan, [&](const VisitReport& so_far) {
    on_progress({.run = run, .planned = plan.channels.size(), .channel = channel, .visit = so_far});
  });
}

/// Keeps why a visit failed, so that `channels list` and the next run know.
Result<void> keep_failure(World& world,
                          store::Store& store,
                          const CrawlPlan& plan,
                          const ChannelName& channel,
                          const Error& error) {
  if (plan.dry_run) return {};
  const Instant now = world.clock.now();
  const std::chrono::seconds retry =
      std::min<std::chrono::seconds>(plan.revisit, kRetryAfterFailure);
  return store.keep_failure(channel, error.message, now, now + retry);
}

/// The rest of the plan, not visited for the reason that stopped the run.
void defer_rest(RunReport& run, const CrawlPlan& plan, const Error& reason) {
  for (std::size_t i = run.channels.size(); i < plan.channels.size(); ++i) {
    run.channels.push_back({.channel = plan.channels[i], .error = reason, .deferred = true});
  }
}

Result<void> visit_all(World& world,
                       store::Store& store,
                       const CrawlPlan& plan,
                       RunReport& run,
                       const OnProgress& on_progress) {
  for (const ChannelName& channel : plan.channels) {
    auto report = visit_one(world, store, plan, channel, run, on_progress);
    if (report) {
      run.channels.push_back({.channel = channel, .report = *std::move(report)});
      continue;
    }
    const Error error = std::move(report.error()).within("visit " + channel.str());
    if (is_storage(error.code)) return fail(error);
    if (auto kept = keep_failure(world, store, plan, channel, error); !kept) {
      return fail(kept.error());
    }
    run.channels.push_back({.channel = channel, .error = error});
    if (error.code == Errc::throttled) {
      defer_rest(run, plan, error);
      break;
    }
  }
  return {};
}

}  // namespace

store::RunTotals RunReport::totals() const {
  store::RunTotals totals{.planned = static_cast<int>(channels.size())};
  for (const ChannelOutcome& outcome : channels) {
    totals.deferred += outcome.deferred ? 1 : 0;
    totals.failed += !outcome.deferred && outcome.error ? 1 : 0;
    if (!outcome.report) continue;
    ++totals.fetched;
    totals.pages += outcome.report->pages;
    totals.fresh += outcome.report->posts.fresh;
    totals.edited += outcome.report->posts.edited;
    totals.gaps += outcome.report->gap ? 1 : 0;
  }
  return totals;
}

bool RunReport::degraded() const {
  return std::ranges::any_of(channels, [](const ChannelOutcome& outcome) {
    return outcome.error ||
           (outcome.report && outcome.report->gap && outcome.report->gap->cause != kPageBudget);
  });
}

Result<RunReport> crawl(World& world,
                        store::Store& store,
                        const CrawlPlan& plan,
                        const OnProgress& on_progress) {
  RunReport run{.dry_run = plan.dry_run, .started_at = world.clock.now()};
  if (!plan.dry_run) {
    const auto begun = store.begin_run(run.started_at);
    if (!begun) return fail(begun.error());
    run.run = *begun;
  }
  const auto visited = visit_all(world, store, plan, run, on_progress);
  run.ended_at = world.clock.now();
  run.requests = world.fetcher.requests();
  if (!visited) return fail(visited.error());
  if (!plan.dry_run) {
    if (auto ended = store.end_run(run.run, run.ended_at, run.totals()); !ended) {
      return fail(ended.error());
    }
  }
  return run;
}

}  // namespace qanat::app
