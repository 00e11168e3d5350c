#include "crawler/walk.h"

#include <algorithm>

namespace qanat::crawler {

std::optional<WalkEnd> Walk::go_on_from(MessageId cursor) {
  if (before_ && cursor >= *before_) return WalkEnd::no_progress;
  if (cursor <= 1) return WalkEnd::first_post;  // "before=1" is empty, "before=0" the newest page
  if (--budget_ <= 0) return WalkEnd::page_budget;
  before_ = cursor;
  return std::nullopt;
}

std::optional<WalkEnd> Walk::saw_empty(const ChannelPage& page) {
  // An empty page that links further back: a hole of deleted posts, not the beginning.
  if (before_ && page.before && *page.before < *before_) {
    links_older_ = true;
    return go_on_from(*page.before);
  }
  if (!before_) return settled_ ? WalkEnd::no_progress : WalkEnd::first_post;
  if (!oldest_ && !looks_above_) return look_above();
  return oldest_ && !links_older_ ? WalkEnd::first_post : WalkEnd::no_progress;
}

/// Asks for the page that ends with the post above the cursor.
std::optional<WalkEnd> Walk::look_above() {
  if (--budget_ <= 0) return WalkEnd::page_budget;
  looks_above_ = true;
  ++*before_;
  return std::nullopt;
}

/// Whether the page before this one may hold posts to recheck, too.
bool Walk::is_recent(const ChannelPage& page) const {
  if (!recheck_since_) return false;
  std::optional<Instant> oldest;
  for (const Post& post : page.posts) {
    if (post.published_at)
      oldest = std::min(oldest.value_or(*post.published_at), *post.published_at);
  }
  return oldest && *oldest >= *recheck_since_;
}

std::optional<WalkEnd> Walk::saw(const ChannelPage& page) {
  const auto end = take(page);
  return end && met_ ? WalkEnd::met_known : end;
}

std::optional<WalkEnd> Walk::take(const ChannelPage& page) {
  if (page.posts.empty()) return saw_empty(page);
  const auto [first, last] =
      std::ranges::minmax_element(page.posts, {}, [](const Post& post) { return post.id.message; });
  const MessageId smallest = first->id.message;
  newest_ = std::max(newest_.value_or(last->id.message), last->id.message);
  oldest_ = std::min(oldest_.value_or(smallest), smallest);
  met_ = met_ || (settled_ && smallest <= *settled_);
  if (met_ && !is_recent(page)) return WalkEnd::met_known;
  links_older_ = page.before && *page.before > 1;
  return go_on_from(smallest);
}

}  // namespace qanat::crawler
