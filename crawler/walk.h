#pragma once

#include <optional>

#include "base/channel_page.h"
#include "base/post.h"

namespace qanat::crawler {

/// How a walk ended.
enum class WalkEnd {
  met_known,    ///< the newest post of the last finished walk was met: nothing is missing
  first_post,   ///< the channel's beginning: nothing older is shown
  page_budget,  ///< stopped early: what lies between is a gap
  run_budget,   ///< the same, by give_up()
  no_progress,  ///< the page repeated, or was empty though a link led to it: a gap as well
};

/// The walk of one visit, from the newest page back to what is known. Pure decisions: it is told
/// of pages and says which one comes next, by the smallest id seen and never by the page's link
/// alone (some pages lack it), so it always ends.
///
/// Neither a short page nor a missing link ends it: real pages hold 4 to 20 posts, and some lack
/// the link in mid-history. An empty page is the channel's beginning only when the page before it
/// linked to nothing older; a walk that begins with one looks at that page first.
class Walk {
 public:
  /// `settled`: the newest post that the last finished walk saw; nothing on a first visit, which
  /// goes back to the first post or until the budget is spent. `max_pages`: at least one is read.
  /// `before`: where to begin instead of at the newest page, to read a gap; above 1.
  /// `recheck_since`: known posts that were published since are read again, for edits and
  /// deletions, as far as `max_pages` goes: what that leaves out is no gap.
  Walk(std::optional<MessageId> settled,
       int max_pages,
       std::optional<MessageId> before = std::nullopt,
       std::optional<Instant> recheck_since = std::nullopt)
      : settled_(settled), budget_(max_pages), before_(before), recheck_since_(recheck_since) {}

  /// The cursor of the page to ask next; nothing for the newest page. Never below 2.
  [[nodiscard]] std::optional<MessageId> before() const { return before_; }

  /// Takes the page that came for `before()`. Nothing while the walk goes on. A page that is no
  /// channel page, or was cut short, is the caller's to refuse: its emptiness proves nothing.
  std::optional<WalkEnd> saw(const ChannelPage& page);

  /// Ends a walk that goes on, because the run may ask for nothing more.
  [[nodiscard]] WalkEnd give_up() const { return met_ ? WalkEnd::met_known : WalkEnd::run_budget; }

  /// Whether nothing new can come any more: only the recheck goes on.
  [[nodiscard]] bool met_known() const { return met_; }

  [[nodiscard]] std::optional<MessageId> newest() const { return newest_; }  ///< seen so far
  [[nodiscard]] std::optional<MessageId> oldest() const { return oldest_; }

 private:
  [[nodiscard]] std::optional<WalkEnd> take(const ChannelPage& page);
  [[nodiscard]] std::optional<WalkEnd> saw_empty(const ChannelPage& page);
  [[nodiscard]] std::optional<WalkEnd> look_above();
  [[nodiscard]] bool is_recent(const ChannelPage& page) const;
  [[nodiscard]] std::optional<WalkEnd> go_on_from(MessageId cursor);

  std::optional<MessageId> settled_;
  int budget_;
  std::optional<MessageId> before_;
  std::optional<Instant> recheck_since_;
  bool met_ = false;          ///< `settled_`: only the recheck goes on
  bool links_older_ = false;  ///< as the latest page says
  bool looks_above_ = false;  ///< it began with an empty page: the one above it is asked for
  std::optional<MessageId> newest_;
  std::optional<MessageId> oldest_;
};

}  // namespace qanat::crawler
