#include "app/crawl_run.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "app/channel_profiles.h"
#include "app/units.h"

namespace qanat::app {
namespace {

/// So many refusals in a row are the channel's state and no longer a mishap.
constexpr int kBlockedAfter = 5;

/// Whether nothing can be kept any more.
bool is_lost(Errc code) { return code == Errc::storage || code == Errc::storage_unusable; }

/// What a failure says of the channel for good, until a person decides.
std::optional<store::ChannelState> state_by(Errc code) {
  switch (code) {
    case Errc::other_channel: return store::ChannelState::taken;
    case Errc::known_channel: return store::ChannelState::renamed;
    case Errc::removed_channel: return store::ChannelState::redacted;
    default: return std::nullopt;
  }
}

/// Whether it is visited at a person's word only.
bool waits_for_a_word(store::ChannelState state) {
  using enum store::ChannelState;
  return state == taken || state == renamed || state == redacted;
}

/// Whether the visit can be made later, with nothing learnt of its channel.
bool is_deferral(Errc code) { return code == Errc::throttled || code == Errc::storage_busy; }

bool is_news(const VisitReport& visit, store::ChannelState before) {
  const store::PageCounts& posts = visit.posts;
  return posts.fresh + posts.edited + posts.deleted + posts.restored > 0 || visit.state != before;
}

std::optional<store::ChannelState> changed(store::ChannelState before, store::ChannelState now) {
  return now == before ? std::nullopt : std::optional(now);
}

/// Whether the last visit's page had another name, as far as that is known.
bool is_new_name(const std::string& shown_as, const store::ChannelRow& known) {
  if (shown_as.empty()) return false;
  if (known.username.empty()) return known.state == store::ChannelState::fresh;
  return ChannelName::parse(shown_as) != ChannelName::parse(known.username);
}

ChannelOutcome succeeded(const store::ChannelRow& known, VisitReport report) {
  ChannelOutcome outcome{.channel = known.name,
                         .news = is_news(report, known.state),
                         .state_before = known.state,
                         .state = changed(known.state, report.state)};
  if (is_new_name(report.shown_as, known)) outcome.new_name = report.shown_as;
  outcome.report = std::move(report);
  return outcome;
}

/// Visits with a world of its own.
class WorldVisitor final : public Visitor {
 public:
  explicit WorldVisitor(World& world) : world_(world) {}

  Result<VisitReport> visit(const VisitPlan& plan, const OnPage& on_page) override {
    return app::visit(world_, plan, on_page);
  }
  [[nodiscard]] int requests() const override { return world_.fetcher.requests(); }

 private:
  World& world_;
};

}  // namespace

std::string_view cause_of(Errc code) {
  switch (code) {
    case Errc::network: return "network";
    case Errc::http_status: return "http";
    case Errc::host_trouble: return "host trouble";
    case Errc::throttled: return kHostPause;
    case Errc::markup: return "markup";
    case Errc::other_channel: return "other channel";
    case Errc::known_channel: return "renamed";
    case Errc::removed_channel: return "redacted";
    case Errc::rule:
    case Errc::config:
    case Errc::usage: return "configuration";
    case Errc::storage:
    case Errc::storage_replaced:
    case Errc::storage_unusable: return kStorage;
    case Errc::storage_busy: return kStoreBusy;
  }
  return "unknown";
}

std::vector<std::string> causes() {
  std::vector<std::string> all;
  for (int code = 0; code <= static_cast<int>(Errc::host_trouble); ++code) {
    std::string cause(cause_of(static_cast<Errc>(code)));
    if (std::ranges::find(all, cause) == all.end()) all.push_back(std::move(cause));
  }
  return all;
}

CrawlRun::CrawlRun(store::Store& store, Visitor& visitor, Clock& clock, const Options& options)
    : store_(&store),
      visitor_(&visitor),
      clock_(&clock),
      options_(options),
      requests_before_(visitor.requests()) {
  report_.dry_run = options.dry_run;
  report_.max_unknown_markup = options.max_unknown_markup;
  report_.robots_ignored = options.robots_ignored;
  report_.started_at = clock.now();
}

Result<CrawlRun> CrawlRun::begin(store::Store& store,
                                 Visitor& visitor,
                                 Clock& clock,
                                 const Options& options) {
  CrawlRun run(store, visitor, clock, options);
  if (options.dry_run) return run;
  const auto begun = store.begin_run(run.report_.started_at, options.robots_ignored);
  if (!begun) return fail(begun.error());
  run.report_.run = *begun;
  return run;
}

Result<std::optional<ChannelOutcome>> CrawlRun::visit(const ChannelName& channel,
                                                      const VisitSettings& settings,
                                                      const RunBudget& budget,
                                                      const OnPage& on_page) {
  const auto known = store_->channel(channel);
  if (!known) return fail(known.error());
  if (!*known) return std::nullopt;
  auto outcome = visit_known(**known, settings, budget, on_page);
  if (!outcome) return fail(outcome.error());
  if (outcome->report) report_.add_pages(*outcome->report);
  if (outcome->deferred) return *std::move(outcome);
  if (auto added = add(*outcome); !added) return fail(added.error());
  return *std::move(outcome);
}

Result<VisitPlan> CrawlRun::plan_of(const store::ChannelRow& known,
                                    const VisitSettings& settings,
                                    const RunBudget& budget) const {
  VisitPlan plan{.known = known, .settings = settings, .run = report_.run};
  if (budget.requests > 0) {
    plan.max_requests =
        static_cast<int>(budget.requests - (visitor_->requests() - requests_before_));
  }
  plan.deadline = settings.end;
  if (budget.time.count() > 0) {
    const Instant spent = report_.started_at + budget.time;
    plan.deadline = std::min(spent, plan.deadline.value_or(spent));
  }
  plan.owner = [this, name = known.name](const ShownChannel& shown) {
    return store_->check_page_owner(name, shown);
  };
  plan.has_text = [this, name = known.name](MessageId message) -> Result<bool> {
    const auto found = store_->find({.channel = name, .message = message});
    if (!found) return fail(found.error());
    return *found && !(*found)->post.text.empty();
  };
  plan.profile = [this, name = known.name] { return stored_profile(*store_, name); };
  auto gaps = store_->gaps(known.name);
  if (!gaps) return fail(gaps.error());
  plan.gaps = *std::move(gaps);
  if (options_.backfill) return plan;
  std::erase_if(plan.gaps, [](const store::Gap& gap) { return !is_cut_short(gap); });
  return plan;
}

Result<ChannelOutcome> CrawlRun::visit_known(const store::ChannelRow& known,
                                             const VisitSettings& settings,
                                             const RunBudget& budget,
                                             const OnPage& on_page) {
  const auto plan = plan_of(known, settings, budget);
  if (!plan) return fail(plan.error());
  std::optional<VisitReport> so_far;
  const int requests_before = visitor_->requests();
  auto visited = visitor_->visit(*plan, [&](const VisitReport& report) {
    so_far = report;
    on_page(report);
  });
  if (visited) return succeeded(known, *std::move(visited));
  ChannelOutcome outcome{.channel = known.name, .state_before = known.state};
  Error error = std::move(visited.error());
  if (is_lost(error.code)) return fail(end_broken(known, settings, so_far, std::move(error)));
  const bool brought_pause = error.code == Errc::throttled &&
                             visitor_->requests() > requests_before && !options_.stop_asked();
  // A host that wants a pause at this channel's page time and again would see no other one asked.
  outcome.deferred = is_deferral(error.code) && (!brought_pause || known.failures == 0);
  std::optional<store::FailedVisit> unmade;
  if (!outcome.deferred) {
    error = std::move(error).within("visit " + known.name.str());
    unmade = failed_visit(known, settings, error);
  } else if (brought_pause) {
    unmade = stepped_back(known, error);
  }
  if (unmade) {
    outcome.state = changed(known.state, unmade->state.value_or(known.state));
    if (auto kept = keep_failure(*unmade, clock_->now()); !kept) error = kept.error();
    if (is_lost(error.code)) return fail(error);
    outcome.deferred = outcome.deferred || error.code == Errc::storage_busy;
  }
  outcome.report = std::move(so_far);
  outcome.error = error;
  outcome.cause = cause_of(error.code);
  return outcome;
}

/// Keeps the visit that the disk broke off, and ends the run with it: as far as the disk allows.
Error CrawlRun::end_broken(const store::ChannelRow& known,
                           const VisitSettings& settings,
                           const std::optional<VisitReport>& so_far,
                           Error error) {
  error = std::move(error).within("visit " + known.name.str());
  if (so_far) report_.add_pages(*so_far);
  count({.channel = known.name,
         .report = so_far,
         .error = error,
         .cause = std::string(cause_of(error.code))});
  broken_at_ = clock_->now();
  unkept_ = failed_visit(known, settings, error);
  std::ignore = write_end();
  return error;
}

/// Due behind all that is due now. It counts as deferred, so no failure of the run is kept.
store::FailedVisit CrawlRun::stepped_back(const store::ChannelRow& known,
                                          const Error& error) const {
  return {.channel = known.name,
          .cause = std::string(cause_of(error.code)),
          .error = error.message,
          .next_due_at = clock_->now()};
}

store::FailedVisit CrawlRun::failed_visit(const store::ChannelRow& known,
                                          const VisitSettings& settings,
                                          const Error& error) const {
  const Instant now = clock_->now();
  const int failures = known.failures + 1;
  const bool blocked = error.code == Errc::http_status && failures >= kBlockedAfter;
  store::FailedVisit visit{.channel = known.name,
                           .cause = std::string(cause_of(error.code)),
                           .error = error.message,
                           .next_due_at = next_try(settings.schedule, known.name, failures, now),
                           .state = state_by(error.code),
                           .run = report_.run};
  if (waits_for_a_word(visit.state.value_or(known.state))) {
    visit.next_due_at = store::kNeverDue;
  } else if (blocked) {
    constexpr auto kBlocked = store::ChannelState::blocked;
    const auto in_state =
        known.state == kBlocked ? now - known.state_since : std::chrono::seconds{};
    visit.state = kBlocked;
    visit.next_due_at = next_probe(settings.schedule, known.name, kBlocked, in_state, now);
  }
  return visit;
}

/// Keeps why a visit failed, so that `channels list` and the next run know.
Result<void> CrawlRun::keep_failure(const store::FailedVisit& visit, Instant at) {
  return options_.dry_run ? Result<void>() : store_->keep_failure(visit, at);
}

void CrawlRun::count(const ChannelOutcome& outcome) {
  report_.add(outcome);
  if (options_.keep_outcomes) report_.channels.push_back(outcome);
}

Result<void> CrawlRun::add(const ChannelOutcome& outcome) {
  count(outcome);
  return keep_totals();
}

/// A database that is busy gets them with the next ones.
Result<void> CrawlRun::keep_totals() {
  report_.set_requests(visitor_->requests() - requests_before_);
  if (options_.dry_run) return {};
  auto kept = store_->keep_totals(report_.run, report_.totals());
  if (!kept && kept.error().code == Errc::storage_busy) return {};
  return kept;
}

Result<void> CrawlRun::keep_deferral(const std::string& cause, std::int64_t count) {
  return options_.dry_run ? Result<void>() : store_->keep_deferral(report_.run, cause, count);
}

Result<void> CrawlRun::defer(const ChannelOutcome& first, std::span<const ChannelName> others) {
  const auto count = std::ssize(others) + 1;
  if (auto kept = keep_deferral(first.cause, count); !kept) return kept;
  report_.add_deferred(
      {.cause = first.cause, .error = first.error ? first.error->message : "", .visits = count});
  if (options_.keep_outcomes) {
    report_.channels.push_back(first);
    ChannelOutcome other = first;
    other.report.reset();
    for (const ChannelName& channel : others) {
      other.channel = channel;
      report_.channels.push_back(other);
    }
  }
  return keep_totals();
}

Result<void> CrawlRun::defer(const std::string& cause, std::int64_t count) {
  if (count == 0) return {};
  if (auto kept = keep_deferral(cause, count); !kept) return kept;
  report_.add_deferred({.cause = cause, .error = {}, .visits = count});
  return {};
}

std::optional<std::string> CrawlRun::spent(const RunBudget& budget) const {
  if (budget.requests > 0 && visitor_->requests() - requests_before_ >= budget.requests) {
    return "the budget of " + counted(budget.requests, "request") + " is spent";
  }
  if (budget.time.count() > 0 && clock_->now() - report_.started_at >= budget.time) {
    return "the budget of " + format_duration(budget.time) + " is spent";
  }
  return std::nullopt;
}

/// Once more, when that failed before.
Result<void> CrawlRun::write_end() {
  report_.ended_at = broken_at_.value_or(clock_->now());
  report_.set_requests(visitor_->requests() - requests_before_);
  if (options_.dry_run) return {};
  if (unkept_) {
    if (auto kept = keep_failure(*unkept_, report_.ended_at); !kept) return kept;
    unkept_.reset();
  }
  return store_->end_run(report_.run, report_.ended_at, report_.totals(), report_.degraded());
}

Result<RunReport> CrawlRun::end() {
  if (auto ended = write_end(); !ended) return fail(ended.error());
  return std::move(report_);
}

void RunReport::add(const ChannelOutcome& outcome) {
  ++totals_.planned;
  if (outcome.error) {
    ++totals_.failed;
  } else {
    ++(outcome.news ? totals_.fetched : totals_.unchanged);
  }
}

void RunReport::add_pages(const VisitReport& visit) {
  visits += visit;
  totals_.pages = visits.pages;
  totals_.fresh = visits.posts.fresh;
  totals_.edited = visits.posts.edited;
  totals_.deleted = visits.posts.deleted;
  totals_.restored = visits.posts.restored;
  if (!visit.gap) return;
  ++totals_.gaps;
  lost_posts_ = lost_posts_ || visit.lost_posts;
}

void RunReport::add_deferred(const Deferral& deferral) {
  totals_.planned += static_cast<int>(deferral.visits);
  totals_.deferred += static_cast<int>(deferral.visits);
  deferrals.push_back(deferral);
}

std::string RunReport::drift() const {
  const std::int64_t posts = visits.posts_seen();
  const std::int64_t unknown = total(visits.unknown_markup);
  const std::int64_t withheld = visits.posts.withheld;
  const auto too_many = [&](std::int64_t count) {
    return std::int64_t{100} * count > max_unknown_markup * posts;
  };
  std::string what;
  if (too_many(unknown)) {
    what = counted(unknown, "unknown element");
  } else if (too_many(withheld)) {
    what = counted(withheld, "post") + " whose stored text the page now withholds,";
  } else {
    return {};
  }
  return what + " in " + counted(posts, "post") + ", over " + std::to_string(max_unknown_markup) +
         " per hundred posts (crawl.max_unknown_markup); has Telegram changed its page?";
}

bool RunReport::degraded() const {
  return totals_.failed > 0 || totals_.deferred > 0 || lost_posts_ || !drift().empty();
}

namespace {

/// How the visits end that the run's budget leaves no room for; nothing while it is not spent.
std::optional<ChannelOutcome> over_budget(const ChannelName& channel,
                                          const std::optional<std::string>& spent) {
  if (!spent) return std::nullopt;
  return ChannelOutcome{.channel = channel,
                        .error = Error{.code = Errc::throttled, .message = "the run: " + *spent},
                        .cause = kBudgetSpent,
                        .deferred = true};
}

/// The operator's wish is not the hosts'.
ChannelOutcome told_apart(ChannelOutcome deferred, bool stop_asked) {
  if (stop_asked) deferred.cause = kStopped;
  return deferred;
}

/// What `act` gives once the database is free, at the latest when patience or the operator ends.
template <class Act>
auto while_busy(Clock& clock, const CrawlPlan& plan, const Act& act) -> decltype(act()) {
  constexpr std::chrono::seconds kPause{5};
  for (const Instant end = clock.now() + kMostBusy;;) {
    auto done = act();
    const bool is_busy = !done && done.error().code == Errc::storage_busy;
    if (!is_busy || plan.stop_asked() || clock.now() >= end) return done;
    plan.on_busy();
    clock.sleep(kPause);
  }
}

}  // namespace

Result<RunReport> crawl(World& world,
                        store::Store& store,
                        const CrawlPlan& plan,
                        const OnProgress& on_progress) {
  WorldVisitor visitor(world);
  auto run = while_busy(world.clock, plan, [&] {
    return CrawlRun::begin(store,
                           visitor,
                           world.clock,
                           {.max_unknown_markup = plan.max_unknown_markup,
                            .robots_ignored = plan.robots_ignored,
                            .backfill = plan.backfill,
                            .dry_run = plan.dry_run,
                            .stop_asked = plan.stop_asked});
  });
  if (!run) return fail(run.error());
  for (std::size_t i = 0; i < plan.channels.size(); ++i) {
    const ChannelName& channel = plan.channels[i];
    auto cut = over_budget(channel, run->spent(plan.budget));
    if (!cut) {
      auto outcome =
          run->visit(channel, plan.settings, plan.budget, [&](const VisitReport& so_far) {
            on_progress({.run = run->report(),
                         .planned = plan.channels.size(),
                         .channel = channel,
                         .visit = so_far});
          });
      if (!outcome) return fail(outcome.error());
      if (!*outcome) continue;
      if (!(*outcome)->deferred) {
        plan.on_visited(**outcome);
        continue;
      }
      cut = told_apart(*std::move(*outcome), plan.stop_asked());
    }
    const auto others = std::span(plan.channels).subspan(i + 1);
    auto deferred = while_busy(world.clock, plan, [&] { return run->defer(*cut, others); });
    if (!deferred) return fail(deferred.error());
    break;
  }
  return while_busy(world.clock, plan, [&] { return run->end(); });
}

}  // namespace qanat::app
