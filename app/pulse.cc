#include "app/pulse.h"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/version.h"
#include "base/names.h"

namespace qanat::app {
namespace {

using Family = web::Metrics::Family;
using Type = web::Metrics::Type;

std::vector<std::string> label_values(std::span<const std::string_view> names) {
  return {names.begin(), names.end()};
}

// docs/running.md has the same list, for those who write alerts.
std::vector<Family> crawl_families() {
  return {{.name = "qanat_http_responses_total",
           .help = "Answers of the hosts by status class; none: no answer",
           .type = Type::counter,
           .label = "code_class",
           .values = {"2xx", "3xx", "4xx", "5xx", "none"}},
          {.name = "qanat_http_request_duration_seconds",
           .help = "Time from a request to the last byte of its answer",
           .type = Type::histogram,
           .buckets = {0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60}},
          {.name = "qanat_host_gate_requests_per_second",
           .help = "The rate at which requests may be sent now"},
          {.name = "qanat_host_gate_delay_seconds",
           .help = "How long after the latest answer no request may be sent"},
          {.name = "qanat_host_breaker_openings", .help = "Recent openings of the circuit breaker"},
          {.name = "qanat_visits_total",
           .help = "Planned visits by result",
           .type = Type::counter,
           .label = "result",
           .values = {"fetched", "unchanged", "failed", "deferred"}},
          {.name = "qanat_visit_failures_total",
           .help = "Failed visits by cause",
           .type = Type::counter,
           .label = "cause",
           .values = causes()},
          {.name = "qanat_pages_total", .help = "Pages kept", .type = Type::counter},
          {.name = "qanat_posts_total",
           .help = "Posts by what a visit found",
           .type = Type::counter,
           .label = "change",
           .values = {"new", "edited", "deleted", "restored"}},
          {.name = "qanat_judged_posts_total",
           .help = "Posts on visited pages by outcome of the ad filter",
           .type = Type::counter,
           .label = "outcome",
           .values = label_values(names_of<Outcome>())}};
}

std::vector<Family> store_families() {
  return {{.name = "qanat_channels",
           .help = "Followed channels, by state",
           .label = "state",
           .values = label_values(store::channel_state_names())},
          {.name = "qanat_gaps", .help = "Ranges of posts that no walk has read"},
          {.name = "qanat_oldest_due_seconds",
           .help = "How long the channel that waits longest has been due; below zero: none is due"},
          {.name = "qanat_database_size_bytes", .help = "The database on the disk"},
          {.name = "qanat_database_wal_bytes", .help = "The database's write-ahead log"}};
}

std::vector<Family> run_families() {
  return {{.name = "qanat_run_last_end_timestamp_seconds", .help = "When the latest run ended"},
          {.name = "qanat_run_last_success_timestamp_seconds",
           .help = "When the latest run ended that was not degraded"},
          {.name = "qanat_run_duration_seconds", .help = "How long the latest run took"},
          {.name = "qanat_run_degraded", .help = "1: the latest run was degraded"},
          {.name = "qanat_build_info",
           .help = "1, with the version of this program",
           .label = "version",
           .values = {std::string(kVersion)}}};
}

std::vector<Family> all_families() {
  std::vector<Family> all = crawl_families();
  for (const auto& more : {store_families(), run_families()}) {
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

std::string class_of(const std::optional<int>& status) {
  constexpr int kHundred = 100;
  return status ? std::to_string(*status / kHundred) + "xx" : "none";
}

double seconds_of(Instant moment) { return static_cast<double>(moment.time_since_epoch().count()); }

}  // namespace

Pulse::Pulse() : beat_at_(std::chrono::steady_clock::now()), metrics_(all_families()) {
  metrics_.set("qanat_build_info", kVersion, 1);
}

void Pulse::beat() { beat_at_ = std::chrono::steady_clock::now(); }

std::chrono::milliseconds Pulse::since_beat() const {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                       beat_at_.load());
}

void Pulse::answered(const PoliteClient::Answered& answer) {
  metrics_.add("qanat_http_responses_total", class_of(answer.status), 1);
  metrics_.observe("qanat_http_request_duration_seconds",
                   std::chrono::duration<double>(answer.took).count());
}

void Pulse::manners(crawler::HostGate& gate, int breaker_trips, std::int64_t now_ms) {
  metrics_.set("qanat_host_gate_requests_per_second", gate.state().rate);
  metrics_.set("qanat_host_gate_delay_seconds",
               std::chrono::duration<double>(gate.wait(now_ms)).count());
  metrics_.set("qanat_host_breaker_openings", breaker_trips);
}

void Pulse::visited(const ChannelOutcome& visit) {
  if (visit.report) {
    const store::PageCounts& posts = visit.report->posts;
    metrics_.add("qanat_pages_total", visit.report->pages);
    metrics_.add("qanat_posts_total", "new", posts.fresh);
    metrics_.add("qanat_posts_total", "edited", posts.edited);
    metrics_.add("qanat_posts_total", "deleted", posts.deleted);
    metrics_.add("qanat_posts_total", "restored", posts.restored);
    for (const auto& [outcome, count] : visit.report->outcomes) {
      metrics_.add("qanat_judged_posts_total", name_of(outcome), count);
    }
  }
  if (visit.deferred) return;  // perhaps it is made later in the run: ended() counts them
  if (visit.error) {
    metrics_.add("qanat_visits_total", "failed", 1);
    metrics_.add("qanat_visit_failures_total", visit.cause, 1);
  } else {
    metrics_.add("qanat_visits_total", visit.news ? "fetched" : "unchanged", 1);
  }
}

void Pulse::stored(const store::Figures& figures, Instant now) {
  for (const std::string_view state : store::channel_state_names()) {
    const auto found = figures.channels.find(std::string(state));
    const std::int64_t channels = found == figures.channels.end() ? 0 : found->second;
    metrics_.set("qanat_channels", state, static_cast<double>(channels));
  }
  const Instant oldest = figures.oldest_due.value_or(now);
  metrics_.set("qanat_gaps", static_cast<double>(figures.gaps));
  metrics_.set("qanat_oldest_due_seconds", static_cast<double>((now - oldest).count()));
  metrics_.set("qanat_database_size_bytes", static_cast<double>(figures.database_bytes));
  metrics_.set("qanat_database_wal_bytes", static_cast<double>(figures.log_bytes));
}

void Pulse::ended(const RunReport& run) {
  metrics_.add("qanat_visits_total", "deferred", run.totals().deferred);
  tell_end(run.started_at, run.ended_at, run.degraded());
}

void Pulse::remember(std::span<const store::RunRow> runs) {
  const auto has_ended = [](const store::RunRow& run) { return run.ended_at.has_value(); };
  const auto was_fine = [](const store::RunRow& run) { return run.ended_at && !run.degraded; };
  // The earlier of the two first: what the latest says holds.
  for (const auto found :
       {std::ranges::find_if(runs, was_fine), std::ranges::find_if(runs, has_ended)}) {
    if (found == runs.end()) continue;
    tell_end(found->started_at, found->ended_at.value_or(Instant{}), found->degraded);
  }
}

void Pulse::tell_end(Instant started_at, Instant ended_at, bool degraded) {
  metrics_.set("qanat_run_last_end_timestamp_seconds", seconds_of(ended_at));
  if (!degraded) metrics_.set("qanat_run_last_success_timestamp_seconds", seconds_of(ended_at));
  metrics_.set("qanat_run_duration_seconds", static_cast<double>((ended_at - started_at).count()));
  metrics_.set("qanat_run_degraded", degraded ? 1 : 0);
}

}  // namespace qanat::app
