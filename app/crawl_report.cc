#include "app/crawl_report.h"

#include <ostream>
#include <string>
#include <vector>

#include "app/text_table.h"
#include "app/units.h"
#include "base/names.h"
#include "classifier/verdict_diff.h"

namespace qanat::app {
namespace {

using classifier::kOutcomes;
using record::Json;

int count_of(const VisitReport& visit, Outcome outcome) {
  const auto found = visit.outcomes.find(outcome);
  return found == visit.outcomes.end() ? 0 : found->second;
}

// JSON --------------------------------------------------------------------------------------------

Json counts_json(const VisitReport& visit) {
  Json out = {{"pages", visit.pages},
              {"posts", visit.posts_seen()},
              {"new", visit.posts.fresh},
              {"edited", visit.posts.edited},
              {"unchanged", visit.posts.unchanged},
              {"deleted", visit.posts.deleted},
              {"restored", visit.posts.restored},
              {"withheld", visit.posts.withheld}};
  for (const Outcome outcome : kOutcomes) out[name_of(outcome)] = count_of(visit, outcome);
  out["skipped"] = visit.skipped;
  out["malformed"] = visit.malformed;
  out["unknown_markup"] = visit.unknown_markup;
  return out;
}

Json deferrals_json(const RunReport& run) {
  Json out = Json::array();
  for (const Deferral& deferral : run.deferrals) {
    out.push_back(
        {{"cause", deferral.cause}, {"error", deferral.error}, {"visits", deferral.visits}});
  }
  return out;
}

std::string_view status_of(const ChannelOutcome& channel) {
  if (channel.deferred) return "deferred";
  if (channel.error) return "failed";
  return channel.news ? "fetched" : "unchanged";
}

Json channel_json(const ChannelOutcome& channel) {
  const VisitReport visit = channel.report.value_or(VisitReport{});
  Json out = {{"channel", channel.channel.str()},
              {"status", status_of(channel)},
              {"state", channel.report ? Json(store::name_of(visit.state)) : Json(nullptr)},
              {"error", channel.error ? Json(channel.error->message) : Json(nullptr)}};
  out.update(counts_json(visit));
  out["gap"] =
      visit.gap
          ? Json({{"low", visit.gap->low}, {"high", visit.gap->high}, {"cause", visit.gap->cause}})
          : Json(nullptr);
  out["shown_as"] = visit.shown_as.empty() ? Json(nullptr) : Json(visit.shown_as);
  out["recheck_error"] = visit.recheck_error.empty() ? Json(nullptr) : Json(visit.recheck_error);
  return out;
}

// Text --------------------------------------------------------------------------------------------

std::vector<std::string> cells(std::string_view name, const VisitReport& visit) {
  std::vector<std::string> out = {std::string(name),
                                  std::to_string(visit.pages),
                                  std::to_string(visit.posts_seen()),
                                  std::to_string(visit.posts.fresh),
                                  std::to_string(visit.posts.edited)};
  for (const Outcome outcome : kOutcomes) out.push_back(std::to_string(count_of(visit, outcome)));
  return out;
}

/// What a person must know of a visit beyond its numbers.
std::vector<std::string> remarks_on(const VisitReport& visit) {
  if (visit.state == store::ChannelState::no_preview) return {"has no public preview"};
  if (visit.state == store::ChannelState::restricted) {
    return {
        "shows no posts any more: restricted by Telegram, switched off by its owner, or all "
        "deleted"};
  }
  if (visit.state == store::ChannelState::gone) return {"nobody owns this name"};
  std::vector<std::string> remarks;
  if (visit.gap) {
    remarks.push_back("posts " + std::to_string(visit.gap->low) + " to " +
                      std::to_string(visit.gap->high) + " not read (" + visit.gap->cause + ")");
  }
  if (!visit.recheck_error.empty()) {
    remarks.push_back("known posts were not all read again: " + printable(visit.recheck_error));
  }
  if (!visit.shown_as.empty()) {
    remarks.push_back(
        "its page calls it " + visit.shown_as +
        ": it was renamed or has several names; its posts stay under the name that is "
        "followed");
  }
  if (remarks.empty() && visit.posts_seen() == 0) remarks.emplace_back("has no posts yet");
  return remarks;
}

void print_table(std::ostream& out, const Terminal& terminal, const RunReport& run) {
  TextTable table({{"channel"},
                   {"pages", true},
                   {"posts", true},
                   {"new", true},
                   {"edited", true},
                   {"clean", true},
                   {"stripped", true},
                   {"ad_only", true},
                   {"review", true}});
  for (const ChannelOutcome& channel : run.channels) {
    if (channel.deferred && !channel.report) continue;
    table.add(cells(channel.channel.str(), channel.report.value_or(VisitReport{})),
              channel.error ? std::optional(Style::red) : std::nullopt);
  }
  if (run.channels.size() > 1) {
    table.add_rule();
    table.add(cells("all", run.visits));
  }
  table.print(out, terminal);
}

void print_failures(std::ostream& out, const Terminal& terminal, const RunReport& run) {
  for (const ChannelOutcome& channel : run.channels) {
    if (!channel.error || channel.deferred) continue;
    out << "  " << styled(terminal, Style::red, "failed") << ' '
        << printable(channel.error->message) << '\n';
  }
}

/// "chan_aa, chan_bb and 24 more", in the order in which they were due.
std::string deferred_channels(const RunReport& run, const std::string& cause) {
  constexpr std::int64_t kNamed = 3;
  std::string out;
  std::int64_t channels = 0;
  for (const ChannelOutcome& channel : run.channels) {
    if (!channel.deferred || channel.cause != cause) continue;
    if (channels++ < kNamed) out += (out.empty() ? "" : ", ") + channel.channel.str();
  }
  if (channels > kNamed) out += " and " + std::to_string(channels - kNamed) + " more";
  return out;
}

void print_deferrals(std::ostream& out, const Terminal& terminal, const RunReport& run) {
  for (const Deferral& deferral : run.deferrals) {
    out << "  " << styled(terminal, Style::red, "deferred") << ' '
        << counted(deferral.visits, "visit") << " (" << deferral.cause
        << "): " << printable(deferral.error) << ": " << deferred_channels(run, deferral.cause)
        << '\n';
  }
}

void print_remarks(std::ostream& out, const Terminal& terminal, const RunReport& run) {
  for (const ChannelOutcome& channel : run.channels) {
    if (!channel.report) continue;
    for (const std::string& remark : remarks_on(*channel.report)) {
      out << "  " << channel.channel.str() << ": " << styled(terminal, Style::yellow, remark)
          << '\n';
    }
  }
}

void print_sum(std::ostream& out, const Terminal& terminal, const RunReport& run) {
  const store::RunTotals& totals = run.totals();
  const auto seconds = (run.ended_at - run.started_at).count();
  out << "  " << styled(terminal, Style::bold, std::to_string(totals.fresh) + " new") << ", "
      << totals.edited << " edited";
  if (totals.deleted > 0) out << ", " << totals.deleted << " deleted";
  if (totals.restored > 0) out << ", " << totals.restored << " back again";
  out << "; " << counted(totals.planned, "channel") << " planned: " << totals.fetched
      << " with news, " << totals.unchanged << " without";
  if (totals.failed > 0) out << ", " << totals.failed << " failed";
  if (totals.deferred > 0) out << ", " << totals.deferred << " deferred";
  out << "; " << counted(totals.requests, "request") << " in " << seconds << " s\n";
}

void print_doubts(std::ostream& out, const Terminal& terminal, const RunReport& run) {
  const VisitReport& all = run.visits;
  if (run.robots_ignored) out << "  " << kRobotsIgnored << '\n';
  if (all.posts.withheld > 0) {
    out << "  " << counted(all.posts.withheld, "post")
        << " whose text the page now withholds; the stored text is kept\n";
  }
  if (all.skipped > 0)
    out << "  " << counted(all.skipped, "post") << " that could not be read reliably\n";
  if (!all.malformed.empty()) {
    out << "  " << counted(total(all.malformed), "field")
        << " could not be read: " << listed(all.malformed) << '\n';
  }
  if (!all.unknown_markup.empty()) {
    out << "  " << counted(total(all.unknown_markup), "element")
        << " unknown to the parser: " << listed(all.unknown_markup) << '\n';
  }
  if (const std::string drift = run.drift(); !drift.empty()) {
    out << "  " << styled(terminal, Style::red, "degraded") << ' ' << drift << '\n';
  }
}

/// A walk that its page budget ended has done what it was told: it is said, and is no failure.
void print_unread(std::ostream& out, const Terminal& terminal, const RunReport& run) {
  const std::int64_t channels = run.totals().gaps;
  if (channels == 0) return;
  out << "  " << styled(terminal, Style::yellow, "not complete") << ' '
      << counted(channels, "channel")
      << " with posts that were not read: `qanat crawl --backfill` goes on with them, up to"
         " --max-pages a channel\n";
}

}  // namespace

Json run_json(const RunReport& run) {
  const store::RunTotals& totals = run.totals();
  Json channels = Json::array();
  for (const ChannelOutcome& channel : run.channels) channels.push_back(channel_json(channel));
  Json sums = {{"planned", totals.planned},
               {"fetched", totals.fetched},
               {"nothing_new", totals.unchanged},
               {"failed", totals.failed},
               {"deferred", totals.deferred},
               {"requests", totals.requests},
               {"gaps", totals.gaps}};
  sums.update(counts_json(run.visits));
  const std::string drift = run.drift();
  return {{"schema", "qanat.run/1"},
          {"run", run.dry_run ? Json(nullptr) : Json(run.run)},
          {"dry_run", run.dry_run},
          {"started_at", format_instant(run.started_at)},
          {"ended_at", format_instant(run.ended_at)},
          {"degraded", run.degraded()},
          {"drift", drift.empty() ? Json(nullptr) : Json(drift)},
          {"robots_ignored", run.robots_ignored},
          {"totals", std::move(sums)},
          {"deferrals", deferrals_json(run)},
          {"channels", std::move(channels)}};
}

void print_report(std::ostream& out, const Terminal& terminal, const RunReport& run) {
  const std::string title =
      run.dry_run ? "Dry run: nothing was stored" : "Run " + std::to_string(run.run) + " finished";
  out << styled(terminal, Style::bold, title) << "\n\n";
  print_table(out, terminal, run);
  out << '\n';
  print_sum(out, terminal, run);
  print_remarks(out, terminal, run);
  print_doubts(out, terminal, run);
  print_failures(out, terminal, run);
  print_deferrals(out, terminal, run);
  print_unread(out, terminal, run);
}

CrawlProgressLine::CrawlProgressLine(std::ostream& out, Terminal terminal)
    : out_(out), terminal_(terminal) {}

void CrawlProgressLine::update(const CrawlProgress& progress) {
  if (!terminal_.is_tty) return;
  constexpr std::chrono::milliseconds kRedraw{100};
  const auto now = std::chrono::steady_clock::now();
  const bool same = shown_channel_ == progress.channel.str();
  if (same && now - drawn_at_ < kRedraw) return;
  drawn_at_ = now;
  const store::RunTotals& totals = progress.run.totals();
  draw("crawling " + std::to_string(totals.planned + 1) + "/" + std::to_string(progress.planned) +
       " " + progress.channel.str() + " · page " + std::to_string(progress.visit.pages) + " · " +
       std::to_string(totals.fresh + progress.visit.posts.fresh) + " new · " +
       std::to_string(totals.failed) + " failed");
  shown_channel_ = progress.channel.str();
}

void CrawlProgressLine::pause(std::chrono::seconds wait, const std::string& because) {
  draw("waiting " + std::to_string(wait.count()) +
       " s: " + (because.empty() ? "the host was slow, failing, or asked for a pause" : because));
}

void CrawlProgressLine::wait_for_database() {
  draw("waiting for the database: another process is writing to it");
}

void CrawlProgressLine::draw(const std::string& line) {
  if (!terminal_.is_tty) return;
  out_ << "\r\x1b[K" << clipped(line, terminal_.width - 1) << std::flush;
  shown_channel_ = " ";
}

void CrawlProgressLine::finish() {
  if (!shown_channel_.empty()) out_ << "\r\x1b[K" << std::flush;
}

}  // namespace qanat::app
