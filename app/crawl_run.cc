#include "app/crawl_run.h"

#include <algorithm>
#include <utility>

#include "app/channel_profiles.h"
#include "app/units.h"

namespace qanat::app {
namespace {

/// A channel that failed is tried again within the hour, if it would not be visited sooner.
constexpr std::chrono::hours kRetryAfterFailure{1};

bool is_storage(Errc code) {
  return code == Errc::storage || code == Errc::storage_busy || code == Errc::storage_unusable;
}

/// One run under way.
class Run {
 public:
  Run(World& world, store::Store& store, const CrawlPlan& plan, const OnProgress& on_progress)
      : world_(world), store_(store), plan_(plan), on_progress_(on_progress) {}

  Result<RunReport> go();

 private:
  Result<void> visit_all();
  Result<VisitReport> visit_one(const store::ChannelRow& row);
  Result<void> keep_failure(const ChannelName& channel, const Error& error);
  void defer_from(std::size_t first, const Error& reason);

  World& world_;
  store::Store& store_;
  const CrawlPlan& plan_;
  const OnProgress& on_progress_;
  RunReport report_;
};

Result<RunReport> Run::go() {
  report_.dry_run = plan_.dry_run;
  report_.max_unknown_markup = plan_.max_unknown_markup;
  report_.started_at = world_.clock.now();
  if (!plan_.dry_run) {
    const auto begun = store_.begin_run(report_.started_at);
    if (!begun) return fail(begun.error());
    report_.run = *begun;
  }
  const auto visited = visit_all();
  if (!visited) return fail(visited.error());
  report_.ended_at = world_.clock.now();
  report_.requests = world_.fetcher.requests();
  if (!plan_.dry_run) {
    const auto ended = store_.end_run(report_.run, report_.ended_at, report_.totals());
    if (!ended) return fail(ended.error());
  }
  return std::move(report_);
}

Result<void> Run::visit_all() {
  for (std::size_t i = 0; i < plan_.channels.size(); ++i) {
    const ChannelName& channel = plan_.channels[i];
    const auto row = store_.channel(channel);
    if (!row) return fail(row.error());
    if (!*row) continue;  // removed since the run was planned
    auto visited = visit_one(**row);
    if (visited) {
      report_.channels.push_back({.channel = channel, .report = *std::move(visited)});
      continue;
    }
    const Error error = std::move(visited.error()).within("visit " + channel.str());
    if (is_storage(error.code)) return fail(error);
    if (auto kept = keep_failure(channel, error); !kept) return fail(kept.error());
    report_.channels.push_back({.channel = channel, .error = error});
    if (error.code == Errc::throttled) {
      defer_from(i + 1, error);
      break;
    }
  }
  return {};
}

Result<VisitReport> Run::visit_one(const store::ChannelRow& row) {
  std::vector<store::Gap> gaps;
  if (plan_.backfill) {
    auto known = store_.gaps(row.name);
    if (!known) return fail(known.error());
    gaps = *std::move(known);
  }
  auto profile = stored_profile(store_, row.name);
  if (!profile) return fail(profile.error());
  const VisitPlan visit_plan{.channel = row.name,
                             .settled = row.settled,
                             .gaps = std::move(gaps),
                             .max_pages = plan_.max_pages,
                             .revisit = plan_.revisit,
                             .run = report_.run,
                             .profile = *std::move(profile)};
  return visit(world_, visit_plan, [&](const VisitReport& so_far) {
    on_progress_(
        {.run = report_, .planned = plan_.channels.size(), .channel = row.name, .visit = so_far});
  });
}

/// Keeps why a visit failed, so that `channels list` and the next run know.
Result<void> Run::keep_failure(const ChannelName& channel, const Error& error) {
  if (plan_.dry_run) return {};
  const Instant now = world_.clock.now();
  const std::chrono::seconds retry =
      std::min<std::chrono::seconds>(plan_.revisit, kRetryAfterFailure);
  return store_.keep_failure(channel, error.message, now, now + retry);
}

/// The rest of the plan, not visited for the reason that stopped the run.
void Run::defer_from(std::size_t first, const Error& reason) {
  for (std::size_t i = first; i < plan_.channels.size(); ++i) {
    report_.channels.push_back({.channel = plan_.channels[i], .error = reason, .deferred = true});
  }
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

std::string RunReport::drift() const {
  NameCounts unknown;
  std::int64_t posts = 0;
  for (const ChannelOutcome& outcome : channels) {
    if (!outcome.report) continue;
    add_counts(unknown, outcome.report->unknown_markup);
    posts += outcome.report->posts_seen();
  }
  if (std::int64_t{100} * total(unknown) <= max_unknown_markup * posts) return {};
  return counted(total(unknown), "unknown element") + " in " + counted(posts, "post") + ", over " +
         std::to_string(max_unknown_markup) +
         " per hundred posts (crawl.max_unknown_markup); has Telegram changed its page?";
}

bool RunReport::degraded() const {
  return !drift().empty() || std::ranges::any_of(channels, [](const ChannelOutcome& outcome) {
    if (outcome.error) return true;
    const auto& gap = outcome.report->gap;
    return gap && (gap->low > 1 || gap->cause != kPageBudget);
  });
}

Result<RunReport> crawl(World& world,
                        store::Store& store,
                        const CrawlPlan& plan,
                        const OnProgress& on_progress) {
  return Run(world, store, plan, on_progress).go();
}

}  // namespace qanat::app
