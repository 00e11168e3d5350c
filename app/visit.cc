#include "app/visit.h"

#include <utility>

#include "crawler/page_url.h"
#include "parser/page.h"

namespace qanat::app {
namespace {

/// A page that was fetched, archived and parsed.
struct ReadPage {
  ChannelPage page;
  Provenance provenance;
};

Result<ReadPage> archive_and_parse(World& world,
                                   const ChannelName& channel,
                                   const crawler::Answer& answer) {
  const Instant fetched_at = world.clock.now();
  auto snapshot = world.keeper.keep(store::Snapshot{.channel = channel,
                                                    .url = answer.url,
                                                    .fetched_at = fetched_at,
                                                    .status = answer.status,
                                                    .headers = answer.headers,
                                                    .body = answer.body});
  if (!snapshot) return fail(std::move(snapshot.error()).within("archive"));
  auto page = parser::parse_page(answer.body);
  if (!page) return fail(std::move(page.error()).within("parse " + answer.url));
  if (!page->complete) {
    return fail(
        Errc::markup,
        "parse " + answer.url + ": the page ends early; it is asked again on the next visit");
  }
  return ReadPage{.page = *std::move(page),
                  .provenance = {.snapshot = *std::move(snapshot),
                                 .fetched_at = fetched_at,
                                 .host = crawler::host_of(answer.url),
                                 .parser = std::string(parser::kParserVersion),
                                 .ruleset = world.classifier.fingerprint()}};
}

/// A page may spell or even name its channel otherwise than the seed that led to it (aliases,
/// renames): the record's identity is the seed, its URL keeps the page's spelling.
store::JudgedPost judge(const World& world, const ChannelName& seed, Post post) {
  post.id.channel = seed;
  Verdict verdict = world.classifier.classify(post);
  Normalized normalized = classifier::normalize(post, verdict);
  std::string hash = content_sha256(post);
  return {.post = std::move(post),
          .content_sha256 = std::move(hash),
          .verdict = std::move(verdict),
          .normalized = std::move(normalized)};
}

/// Ids between the last finished walk and the oldest post of this one, if it ended short of it.
std::optional<store::Gap> gap_below(const crawler::Walk& walk,
                                    crawler::WalkEnd end,
                                    std::optional<MessageId> settled) {
  const bool whole = end == crawler::WalkEnd::met_known || end == crawler::WalkEnd::first_post;
  if (whole || !walk.oldest()) return std::nullopt;
  store::Gap gap{
      .low = settled.value_or(0) + 1,
      .high = *walk.oldest() - 1,
      .cause = end == crawler::WalkEnd::page_budget ? kPageBudget : "the pages made no progress"};
  if (gap.low > gap.high) return std::nullopt;
  return gap;
}

void add_page(VisitReport& report, const ChannelPage& page) {
  ++report.pages;
  report.skipped += page.skipped;
  for (const auto& [name, count] : page.unknown_markup) report.unknown_markup += count;
  for (const auto& [name, count] : page.malformed) report.malformed += count;
}

void add_commit(VisitReport& report,
                const store::PageCommit& commit,
                const store::PageCounts& counts) {
  report.state = commit.state;
  report.gap = commit.gap;
  report.posts.fresh += counts.fresh;
  report.posts.edited += counts.edited;
  report.posts.unchanged += counts.unchanged;
  for (const store::JudgedPost& judged : commit.posts) ++report.outcomes[judged.verdict.outcome];
}

/// What a page other than a preview says of the channel. Nothing when it says nothing we know.
std::optional<store::ChannelState> state_without_preview(PageKind kind) {
  switch (kind) {
    case PageKind::landing_channel:
    case PageKind::landing_group:
    case PageKind::landing_user:
    case PageKind::landing_bot: return store::ChannelState::no_preview;
    case PageKind::free_name:
    case PageKind::home: return store::ChannelState::gone;
    case PageKind::channel:
    case PageKind::private_invite:
    case PageKind::post:
    case PageKind::unknown: return std::nullopt;
  }
  return std::nullopt;
}

/// Ends a visit whose page is no preview: the channel's state follows, its posts and cursor stay.
Result<VisitReport> keep_without_preview(World& world,
                                         const VisitPlan& plan,
                                         const ReadPage& read) {
  const auto state = state_without_preview(read.page.kind);
  if (!state) {
    return fail(Errc::markup,
                "the answer is neither a channel page nor one that says why there is none; its "
                "bytes are archived as " +
                    read.provenance.snapshot);
  }
  VisitReport report;
  add_page(report, read.page);
  const store::PageCommit commit{.channel = plan.channel,
                                 .run = plan.run,
                                 .provenance = read.provenance,
                                 .state = *state,
                                 .facts = read.page.channel,
                                 .next_due_at = world.clock.now() + plan.revisit};
  const auto counts = world.keeper.keep(commit, world.clock.now());
  if (!counts) return fail(Error{counts.error()}.within("store"));
  add_commit(report, commit, *counts);
  return report;
}

Result<ReadPage> fetch_page(World& world,
                            const ChannelName& channel,
                            std::optional<MessageId> before) {
  auto answer = world.fetcher.preview(channel, before);
  if (answer && crawler::leads_to_landing(answer->location, channel)) {
    answer = world.fetcher.landing(channel);
  }
  if (!answer) return fail(std::move(answer.error()).within("fetch"));
  if (!answer->location.empty()) {
    return fail(Errc::http_status,
                "fetch: " + answer->url + " redirects to " + answer->location +
                    ", which is no page of the channel");
  }
  return archive_and_parse(world, channel, *answer);
}

}  // namespace

Result<VisitReport> visit(World& world, const VisitPlan& plan, const OnPage& on_page) {
  VisitReport report;
  crawler::Walk walk(plan.settled, plan.max_pages);
  for (std::optional<crawler::WalkEnd> end; !end;) {
    auto read = fetch_page(world, plan.channel, walk.before());
    if (!read) return fail(std::move(read.error()));
    if (read->page.kind != PageKind::channel) return keep_without_preview(world, plan, *read);

    end = walk.saw(read->page);
    add_page(report, read->page);
    store::PageCommit commit{.channel = plan.channel,
                             .run = plan.run,
                             .provenance = read->provenance,
                             .facts = read->page.channel};
    for (Post& post : read->page.posts)
      commit.posts.push_back(judge(world, plan.channel, std::move(post)));
    if (end) {
      commit.settled = walk.newest();
      commit.gap = gap_below(walk, *end, plan.settled);
      commit.next_due_at = world.clock.now() + plan.revisit;
    }
    const auto counts = world.keeper.keep(commit, world.clock.now());
    if (!counts) return fail(Error{counts.error()}.within("store"));
    add_commit(report, commit, *counts);
    on_page(report);
  }
  return report;
}

}  // namespace qanat::app
