#include "app/visit.h"

#include <algorithm>
#include <utility>

#include "app/judged_post.h"
#include "app/page_check.h"
#include "app/read_page.h"

namespace qanat::app {
namespace {

/// A page may spell or even name its channel otherwise than the seed that led to it (aliases,
/// renames): the record's identity is the seed, its URL keeps the page's spelling.
store::JudgedPost judge(const classifier::Classifier& classifier,
                        const classifier::ChannelProfile& profile,
                        const ChannelName& seed,
                        Post post) {
  post.id.channel = seed;
  return judge_post(classifier, profile, std::move(post));
}

/// The page's name for the channel, when it is another than the seed: it was renamed, or has
/// several names.
std::string other_name(const ChannelPage& page, const ChannelName& seed) {
  const auto shown = ChannelName::parse(page.slug);
  return shown && *shown != seed ? page.slug : "";
}

/// The cause of a gap whose page cannot be read: each backfill tries again.
constexpr const char* kUnreadable = "markup";

std::string cause_of_gap(crawler::WalkEnd end) {
  switch (end) {
    case crawler::WalkEnd::page_budget: return kPageBudget;
    case crawler::WalkEnd::run_budget: return kCutShort;
    case crawler::WalkEnd::met_known:
    case crawler::WalkEnd::first_post:
    case crawler::WalkEnd::no_progress: break;
  }
  return kNoProgress;
}

/// Whether a walk that ended short of what was known left more than old history, which a first
/// visit leaves to a backfill.
bool loses_posts(const std::optional<store::Gap>& gap, const store::ChannelRow& known) {
  if (!gap) return false;
  const bool was_empty = known.posts_per_day && known.posts == 0;
  const bool is_trouble = gap->cause == kNoProgress || gap->cause == kUnreadable;
  return gap->low > 1 || is_trouble || was_empty;
}

/// Ids between the last finished walk and the oldest post of this one, if it ended short of it.
std::optional<store::Gap> gap_below(const crawler::Walk& walk,
                                    crawler::WalkEnd end,
                                    std::optional<MessageId> settled) {
  const bool whole = end == crawler::WalkEnd::met_known || end == crawler::WalkEnd::first_post;
  if (whole || !walk.oldest()) return std::nullopt;
  store::Gap gap{
      .low = settled.value_or(0) + 1, .high = *walk.oldest() - 1, .cause = cause_of_gap(end)};
  if (gap.low > gap.high) return std::nullopt;
  return gap;
}

/// What a page left of the gap that it was read for.
std::optional<store::Gap> rest_of(store::Gap gap,
                                  const crawler::Walk& walk,
                                  std::optional<crawler::WalkEnd> end) {
  if (end == crawler::WalkEnd::met_known || end == crawler::WalkEnd::first_post) {
    return std::nullopt;
  }
  if (walk.oldest()) gap.high = std::min(gap.high, *walk.oldest() - 1);
  if (end == crawler::WalkEnd::no_progress) gap.cause = kNoProgress;
  const bool had_its_pages = end == crawler::WalkEnd::page_budget && is_cut_short(gap);
  if (had_its_pages) gap.cause = kPageBudget;
  if (gap.low > gap.high) return std::nullopt;
  return gap;
}

/// The part of the gap that a page covers, by its smallest readable id; nothing when it has none.
std::optional<store::Gap> part_on(const ChannelPage& page, const store::Gap& gap) {
  if (page.posts.empty()) return std::nullopt;
  const auto smallest =
      std::ranges::min_element(page.posts, {}, [](const Post& post) { return post.id.message; });
  if (smallest->id.message > gap.high) return std::nullopt;
  return store::Gap{
      .low = std::max(gap.low, smallest->id.message), .high = gap.high, .cause = kUnreadable};
}

/// What one kept page adds to a visit.
VisitReport report_of(const ChannelPage& page,
                      const store::PageCommit& commit,
                      const store::PageCounts& counts) {
  VisitReport report{.pages = 1, .posts = counts, .skipped = page.skipped};
  for (const store::JudgedPost& judged : commit.posts) ++report.outcomes[judged.verdict.outcome];
  report.unknown_markup = page.unknown_markup;
  report.malformed = page.malformed;
  return report;
}

/// Whether the page says that the channel has no posts although it had some.
bool is_cleared(const ChannelPage& page, const store::ChannelRow& known) {
  return page.says_empty && known.settled;
}

/// What a page other than a preview says of the channel. Nothing when it says nothing we know.
/// `had_preview`: an earlier visit read its posts.
std::optional<store::ChannelState> state_without_preview(PageKind kind, bool had_preview) {
  switch (kind) {
    case PageKind::landing_channel:
      return had_preview ? store::ChannelState::restricted : store::ChannelState::no_preview;
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

/// Whether what such a page says of the name's owner is kept as the channel's. Of a person nothing
/// is.
bool has_facts_of(PageKind kind, bool had_preview) {
  if (kind == PageKind::landing_group || kind == PageKind::landing_bot) return !had_preview;
  return kind == PageKind::channel || kind == PageKind::landing_channel;
}

std::vector<Instant> dates_of(const ChannelPage& page) {
  std::vector<Instant> dates;
  for (const Post& post : page.posts) {
    if (post.published_at) dates.push_back(*post.published_at);
  }
  return dates;
}

bool is_storage_failure(Errc code) {
  return code == Errc::storage || code == Errc::storage_unusable || code == Errc::storage_busy ||
         code == Errc::storage_replaced;
}

/// One visit under way.
class Visit {
 public:
  Visit(World& world, const VisitPlan& plan, const OnPage& on_page)
      : world_(world), plan_(plan), on_page_(on_page), requests_before_(world.fetcher.requests()) {}

  Result<VisitReport> go();

 private:
  Result<void> read_news();
  /// One page of it; how the walk ends with the page, if it does.
  Result<std::optional<crawler::WalkEnd>> read_news(crawler::Walk& walk);
  Result<void> keep_cut(const crawler::Walk& walk);
  Result<void> fill(store::Gap gap);
  Result<void> keep_filled(store::PageCommit& commit,
                           const ChannelPage& page,
                           const crawler::Walk& walk,
                           const std::optional<crawler::WalkEnd>& end,
                           store::Gap& gap);
  Result<void> step_over(store::Gap& gap, const ChannelPage& page, const Error& refusal);
  [[nodiscard]] bool run_is_spent() const;
  [[nodiscard]] std::optional<crawler::WalkEnd> walk_over(crawler::Walk& walk,
                                                          const ChannelPage& page) const;
  Result<void> keep_without_preview(const ReadPage& read);
  void tell_of(const std::optional<store::Gap>& gap, bool is_final);
  void settle(store::PageCommit& commit, const crawler::Walk& walk, crawler::WalkEnd end) const;
  void measure(const ChannelPage& newest);
  /// Moves the posts out of `read`. Errors: markup, for a page that must not be kept.
  Result<store::PageCommit> commit_of(ReadPage& read);
  Result<std::vector<store::JudgedPost>> judge_all(std::vector<Post> posts);
  Result<void> keep(const store::PageCommit& commit, const ChannelPage& page);

  World& world_;
  const VisitPlan& plan_;
  const OnPage& on_page_;
  int requests_before_;
  std::optional<double> posts_per_day_;  ///< from the newest page
  std::optional<classifier::ChannelProfile> profile_;
  VisitReport report_;
  std::optional<store::Gap> first_gap_;  ///< that a finished walk left
  bool lost_posts_ = false;              ///< by finished walks
};

Result<VisitReport> Visit::go() {
  if (auto read = read_news(); !read) return fail(read.error());
  if (!posts_per_day_) return std::move(report_);
  for (const store::Gap& gap : plan_.gaps) {
    if (report_.pages >= plan_.settings.max_pages || run_is_spent()) {
      tell_of(gap, true);
    } else if (auto filled = fill(gap); !filled) {
      return fail(filled.error());
    }
  }
  return std::move(report_);
}

/// The gap that is told is the first: of the walk through the newest posts, which is made first.
/// What a walk under way has still to read is told as long as nothing else is.
void Visit::tell_of(const std::optional<store::Gap>& gap, bool is_final) {
  report_.gap = first_gap_ ? first_gap_ : gap;
  report_.lost_posts = lost_posts_ || loses_posts(gap, plan_.known);
  if (!is_final) return;
  first_gap_ = report_.gap;
  lost_posts_ = report_.lost_posts;
}

Result<void> Visit::read_news() {
  const Instant recheck_since = world_.clock.now() - plan_.settings.recheck;
  crawler::Walk walk(plan_.known.settled, plan_.settings.max_pages, std::nullopt, recheck_since);
  for (std::optional<crawler::WalkEnd> end; !end;) {
    const bool is_recheck = walk.met_known();
    auto read = read_news(walk);
    if (!read && !is_recheck && read.error().code == Errc::throttled) {
      if (auto kept = keep_cut(walk); !kept) return kept;
    }
    if (!read && (!is_recheck || is_storage_failure(read.error().code))) return fail(read.error());
    if (!read) {
      report_.recheck_error = std::move(read.error().message);
      return {};
    }
    end = *read;
  }
  return {};
}

Result<std::optional<crawler::WalkEnd>> Visit::read_news(crawler::Walk& walk) {
  const store::ChannelRow& known = plan_.known;
  auto read = read_page(world_, known.name, walk.before());
  if (!read) return fail(std::move(read.error()));
  const bool shows_posts = read->page.kind == PageKind::channel && !is_cleared(read->page, known);
  if (!shows_posts && !walk.before()) {
    if (auto kept = keep_without_preview(*read); !kept) return fail(kept.error());
    return crawler::WalkEnd::first_post;
  }
  if (!walk.before()) measure(read->page);
  const auto end = walk_over(walk, read->page);
  auto commit = commit_of(*read);
  if (!commit) return fail(commit.error());
  if (end || walk.met_known()) {
    settle(*commit, walk, end.value_or(crawler::WalkEnd::met_known));
  }
  tell_of(commit->gap, end.has_value());
  if (auto kept = keep(*commit, read->page); !kept) return fail(kept.error());
  return end;
}

/// A host that grants a few pages and then wants a pause does so again: a walk from the top would
/// never come farther.
Result<void> Visit::keep_cut(const crawler::Walk& walk) {
  auto rest = gap_below(walk, walk.give_up(), plan_.known.settled);
  if (!rest) return {};
  return world_.keeper.keep(store::Unread{.channel = plan_.known.name,
                                          .run = plan_.run,
                                          .settled = walk.newest(),
                                          .gaps = {*std::move(rest)}},
                            world_.clock.now());
}

/// With the last page of new posts the channel is read up to its newest post and due again later.
void Visit::settle(store::PageCommit& commit,
                   const crawler::Walk& walk,
                   crawler::WalkEnd end) const {
  const Schedule& schedule = plan_.settings.schedule;
  commit.settled = walk.newest();
  commit.gap = gap_below(walk, end, plan_.known.settled);
  commit.next_due_at = next_visit(
      schedule, plan_.known.name, interval_of(schedule, *posts_per_day_), world_.clock.now());
}

/// Whether the run may ask for no further page.
bool Visit::run_is_spent() const {
  const bool asked =
      plan_.max_requests && world_.fetcher.requests() - requests_before_ >= *plan_.max_requests;
  return asked || (plan_.deadline && world_.clock.now() >= *plan_.deadline);
}

/// How the walk ends with the page, if it does.
std::optional<crawler::WalkEnd> Visit::walk_over(crawler::Walk& walk,
                                                 const ChannelPage& page) const {
  const auto end = walk.saw(page);
  return !end && run_is_spent() ? walk.give_up() : end;
}

/// Learns the channel's pace, by which it is due again, and how it is called.
void Visit::measure(const ChannelPage& newest) {
  posts_per_day_ = posts_per_day(dates_of(newest), world_.clock.now());
  report_.state = state_by_pace(plan_.settings.schedule, *posts_per_day_);
  report_.shown_as = other_name(newest, plan_.known.name);
}

Result<void> Visit::fill(store::Gap gap) {
  const auto known = gap.low > 1 ? std::optional(gap.low - 1) : std::nullopt;
  crawler::Walk walk(known, plan_.settings.max_pages - report_.pages, gap.high + 1);
  for (std::optional<crawler::WalkEnd> end; !end;) {
    auto read = read_page(world_, plan_.known.name, walk.before());
    if (!read) return fail(std::move(read.error()));
    end = walk_over(walk, read->page);
    auto commit = commit_of(*read);
    if (!commit) {
      if (auto left = step_over(gap, read->page, commit.error()); !left) return left;
      if (gap.low > gap.high) return {};
      continue;
    }
    if (auto kept = keep_filled(*commit, read->page, walk, end, gap); !kept) return kept;
  }
  return {};
}

/// Keeps a page of a gap, which shrinks to what is left below the page.
Result<void> Visit::keep_filled(store::PageCommit& commit,
                                const ChannelPage& page,
                                const crawler::Walk& walk,
                                const std::optional<crawler::WalkEnd>& end,
                                store::Gap& gap) {
  commit.filled = gap;
  commit.gap = rest_of(gap, walk, end);
  tell_of(commit.gap, end.has_value());
  if (auto kept = keep(commit, page); !kept) return kept;
  if (commit.gap) gap = *commit.gap;
  return {};
}

/// A page of a gap that cannot be read becomes a gap of its own, so that what lies below it can be;
/// `gap` is what is left of it. Errors: `refusal`, when it is no such page; those of the store.
Result<void> Visit::step_over(store::Gap& gap, const ChannelPage& page, const Error& refusal) {
  const auto unreadable = part_on(page, gap);
  if (refusal.code != Errc::markup || !unreadable) return fail(refusal);
  store::Unread unread{.channel = plan_.known.name,
                       .run = plan_.run,
                       .settled = std::nullopt,
                       .filled = gap,
                       .gaps = {*unreadable}};
  gap.high = unreadable->low - 1;
  if (gap.low <= gap.high) unread.gaps.push_back(gap);
  tell_of(unreadable, true);
  return world_.keeper.keep(unread, world_.clock.now());
}

/// Ends a visit whose page shows no posts: the channel's state follows, its posts and cursor stay.
Result<void> Visit::keep_without_preview(const ReadPage& read) {
  const store::ChannelRow& known = plan_.known;
  const auto state = is_cleared(read.page, known)
                         ? std::optional(store::ChannelState::restricted)
                         : state_without_preview(read.page.kind, known.settled.has_value());
  if (!state) {
    return fail(Errc::markup,
                "the answer is neither a channel page nor one that says why there is none; its "
                "bytes are archived as " +
                    read.provenance.snapshot);
  }
  report_.state = *state;
  const Instant now = world_.clock.now();
  const auto in_state = *state == known.state ? now - known.state_since : std::chrono::seconds{};
  // What another owner of the name says of itself must not wipe what the channel's page said.
  const bool has_facts = has_facts_of(read.page.kind, known.settled.has_value());
  return keep(
      {.channel = known.name,
       .run = plan_.run,
       .provenance = read.provenance,
       .state = *state,
       .facts = has_facts ? std::optional(read.page.channel) : std::nullopt,
       .next_due_at = next_probe(plan_.settings.schedule, known.name, *state, in_state, now)},
      read.page);
}

Result<store::PageCommit> Visit::commit_of(ReadPage& read) {
  const bool is_newest = report_.pages == 0;
  if (auto sound = check_page(read.page, plan_, is_newest); !sound) return fail(sound.error());
  auto judged = judge_all(std::move(read.page.posts));
  if (!judged) return fail(judged.error());
  return store::PageCommit{.channel = plan_.known.name,
                           .run = plan_.run,
                           .provenance = read.provenance,
                           .state = report_.state,
                           .facts = read.page.channel,
                           .shown = shown_channel(read.page),
                           .posts = *std::move(judged),
                           .posts_per_day = posts_per_day_};
}

Result<std::vector<store::JudgedPost>> Visit::judge_all(std::vector<Post> posts) {
  if (!posts.empty() && !profile_) {
    auto profile = plan_.profile();
    if (!profile) return fail(profile.error());
    profile_ = *std::move(profile);
  }
  std::vector<store::JudgedPost> judged;
  judged.reserve(posts.size());
  for (Post& post : posts) {
    judged.push_back(judge(world_.classifier, *profile_, plan_.known.name, std::move(post)));
  }
  return judged;
}

Result<void> Visit::keep(const store::PageCommit& commit, const ChannelPage& page) {
  const auto counts = world_.keeper.keep(commit, world_.clock.now());
  if (!counts) return fail(Error{counts.error()}.within("store"));
  report_ += report_of(page, commit, *counts);
  on_page_(report_);
  return {};
}

}  // namespace

VisitReport& VisitReport::operator+=(const VisitReport& other) {
  pages += other.pages;
  posts += other.posts;
  for (const auto& [outcome, count] : other.outcomes) outcomes[outcome] += count;
  add_counts(unknown_markup, other.unknown_markup);
  skipped += other.skipped;
  add_counts(malformed, other.malformed);
  return *this;
}

bool is_cut_short(const store::Gap& gap) {
  return gap.cause == kCutShort || gap.cause == kBudgetSpent;
}

Result<VisitReport> visit(World& world, const VisitPlan& plan, const OnPage& on_page) {
  return Visit(world, plan, on_page).go();
}

}  // namespace qanat::app
