#include "parser/page.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "parser/channel_header.h"
#include "parser/fence.h"
#include "parser/html_tree.h"
#include "parser/known_markup.h"
#include "parser/landing.h"
#include "parser/message.h"
#include "parser/xhr.h"

namespace qanat::parser {

namespace {

/// Whether the end of the document is there. Neither mark can stand inside a post: text is escaped.
bool has_end(std::string_view html) {
  return html.rfind("</html>") != std::string_view::npos ||
         html.rfind("<!-- page generated") != std::string_view::npos;
}

/// A page of posts, with its parts found.
struct Feed {
  std::vector<Node> messages;
  int empty_wraps = 0;     ///< hold neither a message nor the words "No posts found"
  bool has_frame = false;  ///< the list's or the header's own elements
};

Feed find_feed(Node document) {
  Feed feed;
  each(document, [&](Node node) {
    if (node.has_class("tgme_widget_message")) {
      feed.messages.push_back(node);
      return false;
    }
    if (node.has_class("tgme_widget_message_wrap") && !find(node, "tgme_widget_message") &&
        !find(node, "tme_no_messages_found"))
      ++feed.empty_wraps;
    for (const std::string_view own : {"tgme_channel_history",
                                       "tgme_channel_info",
                                       "tme_no_messages_found",
                                       "tme_messages_more"})
      feed.has_frame = feed.has_frame || node.has_class(own);
    return true;
  });
  return feed;
}

/// Whether the download ended inside this message: its date, which stands below all but the
/// keyboard, did not arrive.
bool is_cut(Node message) { return !find(message, "tgme_widget_message_date"); }

void read_messages(const Feed& feed, ChannelPage& page) {
  page.skipped = feed.empty_wraps;
  for (const Node message : feed.messages) {
    const bool last = message == feed.messages.back();
    if (!page.complete && last && is_cut(message)) {
      ++page.malformed["cut_post"];
      ++page.skipped;
      continue;
    }
    const auto address = address_of(message);
    if (!address) {
      ++page.skipped;
      continue;
    }
    if (page.slug.empty()) page.slug = address->slug;
    if (!page.channel.numeric_id) page.channel.numeric_id = numeric_channel_id(message);
    count_unknown_markup(message, page.unknown_markup);
    page.posts.push_back(read_message(message, *address, page.malformed));
  }
}

void read_feed(Node document, const Feed& feed, ChannelPage& page) {
  const bool single = static_cast<bool>(find(document, "body_widget_post"));
  page.kind = single ? PageKind::post : PageKind::channel;
  page.channel = read_channel_header(document, page.malformed);
  const Cursors cursors = read_cursors(document);
  page.before = cursors.before;
  page.after = cursors.after;
  read_messages(feed, page);
}

/// `html` is valid UTF-8.
Result<ChannelPage> read_page(std::string_view html, bool complete, const Limits& limits) {
  const auto kept = fenced(html, limits);
  if (!kept) return fail(kept.error());
  const HtmlTree tree{*kept};
  const Node document = tree.root();
  ChannelPage page{.complete = complete};
  const Feed feed = find_feed(document);
  if (feed.has_frame || !feed.messages.empty()) {
    read_feed(document, feed, page);
    return page;
  }
  Landing landing = read_landing(document, page.malformed);
  page.kind = landing.kind;
  page.channel = std::move(landing.facts);
  return page;
}

std::string valid(std::string_view bytes) {
  return utf8::is_valid(bytes) ? std::string{bytes} : utf8::repaired(bytes);
}

}  // namespace

Result<ChannelPage> parse_page(std::string_view bytes, const Limits& limits) {
  if (bytes.empty()) return fail(Errc::markup, "the page is empty: 0 bytes");
  if (bytes.size() > limits.max_bytes)
    return fail(Errc::markup,
                "the page has " + std::to_string(bytes.size()) + " bytes, over the limit of " +
                    std::to_string(limits.max_bytes));
  const std::string text = valid(bytes);
  if (!is_xhr(text)) return read_page(text, has_end(text), limits);
  const auto answer = decode_xhr(text);
  if (!answer) return fail(answer.error());
  return read_page(answer->html, answer->complete, limits);
}

}  // namespace qanat::parser
