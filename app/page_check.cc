#include "app/page_check.h"

#include <algorithm>
#include <string>

#include "app/name_counts.h"
#include "app/units.h"

namespace qanat::app {
namespace {

bool has_date(const Post& post) { return post.published_at.has_value(); }

/// Below the audience, a header counts photos, videos, files and links, each only when it has some.
bool counts_posts(const ChannelFacts& facts) { return facts.counters.size() > 1; }

/// The alarm that Telegram's page is no longer the one that we read.
std::unexpected<Error> drift(const std::string& sign, const ChannelPage& page) {
  const std::string news =
      page.unknown_markup.empty() ? "" : "; new in it: " + listed(page.unknown_markup);
  return fail(Errc::markup,
              sign + news + "; has Telegram changed its page? The bytes are archived");
}

/// A name can go to another channel, whose posts have the same numbers as those that are stored.
Result<void> check_owner(const ChannelPage& page, const VisitPlan& plan) {
  auto owned = plan.owner(shown_channel(page));
  if (owned || owned.error().code != Errc::other_channel) return owned;
  const std::string& name = plan.known.name.str();
  owned.error().message +=
      ": nothing of it is kept, and it is asked again at your word only: `qanat crawl " + name +
      "` looks once more, `qanat channels remove " + name +
      "` stops following; what is stored stays";
  return owned;
}

/// An author takes the caption off a post now and then. When many are gone, most of the page's,
/// they stand where we do not look. What the page itself says to withhold is no doubt: the store
/// keeps what it has of that.
Result<void> check_texts(const ChannelPage& page, const VisitPlan& plan) {
  constexpr int kMany = 4;
  const bool says_what_it_withholds = !page.malformed.contains("body");
  int gone = 0;
  int shown = 0;
  for (const Post& post : page.posts) {
    if (!post.text.empty()) ++shown;
    if (!post.text.empty() || (post.kind == PostKind::withheld && says_what_it_withholds)) continue;
    const auto had_text = plan.has_text(post.id.message);
    if (!had_text) return fail(had_text.error());
    if (*had_text) ++gone;
  }
  if (gone < kMany || gone <= shown) return {};
  return drift(counted(gone, "post") + " whose text is stored show none any more", page);
}

}  // namespace

Result<void> check_page(const ChannelPage& page, const VisitPlan& plan, bool is_newest) {
  if (page.kind != PageKind::channel) {
    return fail(Errc::markup, "the preview disappeared in the middle of a walk");
  }
  if (auto same = check_owner(page, plan); !same) return same;
  if (page.skipped > 0) {
    return drift(counted(page.skipped, "post") + " of the page cannot be read", page);
  }
  if (std::ranges::none_of(page.posts, has_date) && !page.posts.empty()) {
    return drift("none of the page's " + counted(page.posts.size(), "post") + " has a date", page);
  }
  if (page.posts.empty() && is_newest && plan.known.settled) {
    return drift("the newest page shows no posts although the channel had some", page);
  }
  if (page.posts.empty() && is_newest && counts_posts(page.channel)) {
    return drift("the newest page shows no posts although its header counts some", page);
  }
  return check_texts(page, plan);
}

}  // namespace qanat::app
