#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/keeper.h"
#include "app/name_counts.h"
#include "app/page_fetcher.h"
#include "app/schedule.h"
#include "base/channel_name.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/shown_channel.h"
#include "base/verdict.h"
#include "classifier/channel_profile.h"
#include "classifier/classifier.h"
#include "crawler/walk.h"
#include "parser/page.h"
#include "store/store.h"

namespace qanat::app {

/// What a visit works with; all of it outlives the visit.
struct World {
  PageFetcher& fetcher;
  Keeper& keeper;
  Clock& clock;
  const classifier::Classifier& classifier;
  /// Keeps its memory from page to page.
  // NOLINTNEXTLINE(readability-redundant-member-init): without it clang misses it in World{…}
  parser::PageReader reader{};
};

/// How channels are visited.
struct VisitSettings {
  int max_pages = 1;               ///< of the whole visit
  std::chrono::seconds recheck{};  ///< known posts that are not older are read again
  Schedule schedule;               ///< for when the channel is due again
  std::optional<Instant> end;      ///< of the night: no further page is asked for
};

/// What one visit is to do.
struct VisitPlan {
  store::ChannelRow known;       ///< the channel, as the last visit left it
  std::vector<store::Gap> gaps;  ///< to be read too, after the new posts, while pages are left
  VisitSettings settings;
  std::int64_t run = 0;
  std::optional<int> max_requests;  ///< that the run has left; a page under way is finished
  std::optional<Instant> deadline;  ///< of the run and its night; a page under way is finished
  /// Whether what a page shows is the channel's; asked for each page with posts.
  /// Errors: those of Store::check_page_owner().
  using Owner = std::function<Result<void>(const ShownChannel&)>;
  Owner owner = [](const ShownChannel&) { return Result<void>(); };
  /// Whether a text of the channel's post is stored; asked for posts that show none.
  using HasText = std::function<Result<bool>(MessageId)>;
  HasText has_text = [](MessageId) { return false; };
  /// Gives what recurs in the channel's stored posts; asked for when the first post is judged.
  using Profile = std::function<Result<classifier::ChannelProfile>()>;
  Profile profile = [] { return classifier::ChannelProfile(); };
};

/// The cause of a gap that a larger budget closes.
inline constexpr const char* kPageBudget = "page budget";
/// The cause of the visits that a run's budget leaves unmade. Gaps of databases from before had it
/// too.
inline constexpr const char* kBudgetSpent = "run budget";
/// The cause of a gap that a pause, a stop, a run's budget or the night's end has left.
inline constexpr const char* kCutShort = "visit cut short";
/// Whether the next visit goes on with the gap by itself.
[[nodiscard]] bool is_cut_short(const store::Gap& gap);
/// The cause of a gap whose pages repeat or come empty though known posts must follow.
inline constexpr const char* kNoProgress = "the pages made no progress";

/// What one visit found.
struct VisitReport {
  store::ChannelState state = store::ChannelState::live;
  int pages = 0;
  store::PageCounts posts;
  std::map<Outcome, int> outcomes;  ///< of all posts seen
  std::optional<store::Gap> gap;    ///< the first that was left unread, of news and planned gaps
  std::string shown_as;             ///< the page's name for the channel, where it is another
  std::string recheck_error;        ///< why known posts were not all read again
  bool lost_posts = false;          ///< a gap is more than old history that waits for a backfill
  NameCounts unknown_markup;        ///< what the parser does not know in messages
  int skipped = 0;                  ///< posts without a readable id
  NameCounts malformed;             ///< fields that could not be read

  /// New, edited and unchanged ones.
  [[nodiscard]] int posts_seen() const { return posts.fresh + posts.edited + posts.unchanged; }

  /// Adds the numbers of another visit; state and gap stay.
  VisitReport& operator+=(const VisitReport& other);
};

/// Told after each kept page.
using OnPage = std::function<void(const VisitReport&)>;

/// Visits one channel: walks from its newest page back to what is known, then through the planned
/// gaps, and for each page fetches, archives the bytes, parses, classifies, normalizes and commits.
/// What a page brought is safe when the next one is asked. A walk that fails is walked again
/// from the top, so no post between is lost; what a pause or a stop leaves of one is a gap, and a
/// gap shrinks page by page. Once known posts are met the channel is read: what then keeps older
/// ones from being read again is told, and is no error.
///
/// A channel without a preview is no error: its state says so.
/// Errors: those of the fetcher, the parser and the store, with the step that failed.
Result<VisitReport> visit(World& world, const VisitPlan& plan, const OnPage& on_page);

}  // namespace qanat::app
