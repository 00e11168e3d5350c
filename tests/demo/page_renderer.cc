#include "demo/page_renderer.h"

#include <algorithm>
#include <span>

#include "demo/message_renderer.h"
#include "demo/text_markup.h"
#include "markup/page.h"

namespace qanat::demo {
namespace {

constexpr std::string_view kNoPosts =
    R"~(<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="tgme_widget_message_centered"><div class="tme_no_messages_found">No posts found</div></div></div>)~";

/// The header's facts.
ChannelFacts facts_of(const Channel& channel) {
  ChannelFacts facts{.title = channel.title,
                     .username = channel.slug,
                     .description = plain_text(channel.description),
                     .photo_url = photo_of(channel.slug),
                     .counters = {},
                     .verified = channel.verified,
                     .has_preview = true,
                     .numeric_id = channel.numeric_id};
  for (const DemoCounter& counter : channel.counters)
    facts.counters.push_back({.type = counter.type, .count = {.value = {}, .text = counter.value}});
  return facts;
}

using Posts = std::span<const DemoPost>;

/// The newest posts that fit on a page. Telegram counts messages: an album takes one for each item.
Posts newest_of(Posts posts, int room) {
  std::size_t first = posts.size();
  while (first > 0 && room > 0) room -= posts[--first].messages();
  return posts.subspan(first);
}

Posts oldest_of(Posts posts, int room) {
  std::size_t end = 0;
  while (end < posts.size() && room > 0) room -= posts[end++].messages();
  return posts.first(end);
}

Posts window_of(const Channel& channel, const Cursor& cursor) {
  const Posts all(channel.posts);
  const auto split_at = [&](MessageId id) {
    const auto found = std::ranges::lower_bound(all, id, {}, &DemoPost::id);
    return static_cast<std::size_t>(found - all.begin());
  };
  const int room = channel.page_messages;
  if (cursor.before && *cursor.before > 0) {
    return newest_of(all.first(split_at(*cursor.before)), room);
  }
  if (cursor.after) return oldest_of(all.subspan(split_at(*cursor.after + 1)), room);
  if (cursor.around) {
    const std::size_t middle = split_at(*cursor.around + 1);
    const Posts older = newest_of(all.first(middle), room / 2);
    const Posts newer = oldest_of(all.subspan(middle), room / 2);
    return all.subspan(middle - older.size(), older.size() + newer.size());
  }
  return newest_of(all, room);
}

}  // namespace

std::string render_channel_page(const Channel& channel, const Cursor& cursor) {
  const Posts window = window_of(channel, cursor);
  const ChannelFacts facts = facts_of(channel);
  markup::Frame frame{.slug = channel.slug,
                      .channel = facts,
                      .description = page_markup(channel.description),
                      .before = {},
                      .after = {},
                      .canonical = "/s/" + channel.slug};
  std::string messages(window.empty() ? kNoPosts : "");
  if (!window.empty()) {
    const MessageId oldest = window.front().id;
    const MessageId newest = window.back().id;
    const bool linked =
        std::ranges::find(channel.unlinked_from, oldest) == channel.unlinked_from.end();
    if (oldest != channel.posts.front().id && linked) frame.before = oldest;
    if (newest != channel.posts.back().id) frame.after = newest;
    frame.canonical += "?before=" + std::to_string(newest + 1);
  }
  for (const DemoPost& post : window) messages += render_message(channel, post);
  return markup::page(frame, messages, {});
}

}  // namespace qanat::demo
