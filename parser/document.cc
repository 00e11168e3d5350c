#include "parser/document.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parser/channel_header.h"
#include "parser/known_markup.h"
#include "parser/landing.h"
#include "parser/message.h"
#include "parser/text.h"

namespace qanat::parser {

namespace {

struct FoundMessage {
  Node node;
  bool swallows = false;  ///< its end tags are missing: what follows lies in it
};

/// A page of posts, with its parts found.
struct Feed {
  std::vector<FoundMessage> messages;
  std::vector<Node> more;   ///< anchors that lead to older and newer posts
  Node notice;              ///< what stands in the place of a post
  int empty_wraps = 0;      ///< hold neither a message nor the words "No posts found"
  bool has_frame = false;   ///< the list's or the header's own elements
  bool says_empty = false;  ///< the words "No posts found"
  bool single = false;      ///< the page of one post, for embedding
};

/// The parts of a feed as one walk over the document meets them.
class FeedFinder {
 public:
  bool enter(Node node) {
    bool go_in = true;
    any_class(node.attribute(Attribute::classes), [&](std::string_view token) {
      if (token == "tgme_widget_message") {
        go_in = static_cast<bool>(find(node, "tgme_widget_message"));
        feed_.messages.push_back({.node = node, .swallows = go_in});
      } else if (token == "tgme_widget_message_wrap") {
        note_wrap(node);
      } else if (token == "tme_messages_more") {
        feed_.more.push_back(node);
      } else if (std::ranges::find(kFrame, token) != kFrame.end()) {
        feed_.has_frame = true;
        feed_.says_empty = feed_.says_empty || token == kNoMessages;
      } else if (token == "tgme_widget_message_error") {
        feed_.notice = node;
      } else if (token == "body_widget_post") {
        feed_.single = true;
      }
      return !go_in;
    });
    return go_in;
  }

  Feed found() { return std::move(feed_); }

 private:
  static constexpr std::string_view kNoMessages = "tme_no_messages_found";
  /// The list's or the header's own elements.
  static constexpr std::array<std::string_view, 3> kFrame = {
      "tgme_channel_history", "tgme_channel_info", kNoMessages};

  void note_wrap(Node wrap) {
    if (!find(wrap, "tgme_widget_message") && !find(wrap, kNoMessages)) ++feed_.empty_wraps;
  }

  Feed feed_;
};

Feed find_feed(Node document) {
  FeedFinder finder;
  each(document, [&finder](Node node) { return finder.enter(node); });
  return finder.found();
}

/// Whether the message ends too early: every one has a date, below all but the keyboard. The
/// download ended inside it, or it has an end tag too many.
bool is_cut(Node message) { return !find(message, "tgme_widget_message_date"); }

/// What of a message keeps it from being read as one post, by its name among what is malformed;
/// null for nearly all.
const char* damage_of(const FoundMessage& message, bool may_be_cut) {
  if (may_be_cut && is_cut(message.node)) return "cut_post";
  return message.swallows ? "nested_post" : nullptr;
}

/// A message that does not say which post it is: one that is gone, or one that we cannot read.
void read_nameless(Node message, ChannelPage& page) {
  const Node notice = find(message, "tgme_widget_message_error");
  if (notice)
    page.notice = plain_text(notice);
  else
    ++page.skipped;
}

void read_channel_id(Node message, ChannelPage& page) {
  page.channel.numeric_id = numeric_channel_id(message.attribute(Attribute::data_view));
  if (!page.channel.numeric_id && message.has_attribute(Attribute::data_view))
    ++page.malformed["channel_id"];
}

bool has_unclosed(Node message) {
  bool found = false;
  each(message, [&found](Node node) {
    if (found || node.is(GUMBO_TAG_SVG)) return false;  // an <svg>'s elements end otherwise
    found = node.is_unclosed();
    return !found;
  });
  return found;
}

/// A missing end tag can put a text, or the date, into another part, where nobody looks for it; one
/// too many puts them outside of the message.
void read_post(Node message, const MessageAddress& address, ChannelPage& page) {
  const bool unclosed = has_unclosed(message);
  if (unclosed) ++page.malformed["end_tag"];
  MessageParts read;
  Post post = read_message(message, address, read, page.malformed, page.unknown_markup);
  const bool is_doubtful = unclosed || read.footers == 0;
  if (is_cut(message) || (is_doubtful && read.lacks(parts_in(message)))) {
    ++page.malformed["nested_part"];
    ++page.skipped;
    return;
  }
  page.posts.push_back(std::move(post));
}

void read_messages(const Feed& feed, ChannelPage& page) {
  page.skipped = feed.empty_wraps;
  std::set<MessageId> ids;
  for (const FoundMessage& found : feed.messages) {
    const bool may_be_cut = !page.complete && &found == &feed.messages.back();
    if (const char* const damage = damage_of(found, may_be_cut)) {
      ++page.malformed[damage];
      ++page.skipped;
      continue;
    }
    const Node message = found.node;
    const bool single = page.kind == PageKind::post;
    const auto address = single ? address_in_link(message) : address_of(message);
    if (!address) {
      read_nameless(message, page);
      continue;
    }
    if (page.slug.empty()) page.slug = address->slug;
    if (!ids.insert(address->id.message).second) {
      ++page.malformed["repeated_post"];
      continue;
    }
    if (!page.channel.numeric_id) read_channel_id(message, page);
    count_unknown_markup(message, page.unknown_markup);
    read_post(message, *address, page);
  }
}

void read_feed(Node document, const Feed& feed, ChannelPage& page) {
  page.kind = feed.single ? PageKind::post : PageKind::channel;
  page.channel = read_channel_header(document, page.malformed);
  count_unknown_in_header(find(document, "tgme_channel_info"), page.unknown_markup);
  const Cursors cursors = read_cursors(feed.more, document, page.malformed);
  page.before = cursors.before;
  page.after = cursors.after;
  read_messages(feed, page);
}

}  // namespace

Result<ChannelPage> read_document(Node document, bool complete, const Limits& limits) {
  ChannelPage page{.complete = complete};
  const Feed feed = find_feed(document);
  if (feed.messages.size() > static_cast<std::size_t>(limits.max_posts))
    return fail(Errc::markup,
                std::to_string(feed.messages.size()) + " posts on one page, over the limit of " +
                    std::to_string(limits.max_posts));
  page.notice = plain_text(feed.notice);
  page.says_empty = feed.says_empty && feed.messages.empty();
  if (feed.has_frame || !feed.more.empty() || !feed.messages.empty()) {
    read_feed(document, feed, page);
    return page;
  }
  Landing landing = read_landing(document, page.malformed);
  page.kind = landing.kind;
  page.channel = std::move(landing.facts);
  return page;
}

}  // namespace qanat::parser
