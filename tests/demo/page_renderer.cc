#include "demo/page_renderer.h"

#include <algorithm>
#include <span>

#include "demo/html.h"
#include "demo/message_renderer.h"
#include "demo/text_markup.h"

namespace qanat::demo {
namespace {

constexpr std::string_view kPage = R"~(<!DOCTYPE html>
<html>
  <head>
    <meta charset="utf-8">
    <title>{title} – Telegram</title>
    <meta name="viewport" content="width=device-width, initial-scale=1.0, minimum-scale=1.0, maximum-scale=1.0, user-scalable=no" />
    <meta name="format-detection" content="telephone=no" />
    
<meta property="og:title" content="{title}">
<meta property="og:image" content="https://cdn4.telesco.pe/file/demo_photo_{slug}.jpg">
<meta property="og:site_name" content="Telegram">
<meta property="og:description" content="{plain}">

<meta property="al:ios:url" content="tg://resolve?domain={slug}">
<meta property="al:android:url" content="tg://resolve?domain={slug}">

    {links}<link rel="canonical" href="{canonical}">

    <script>if (1 < 2) { var theme = 'demo <div>'; }</script>
    <link href="/css/widget-frame.css?74" rel="stylesheet" media="screen">
    <script>TBaseUrl='/';</script>
    <style>        .user-color-12 {
          --user-accent-color: #3391d4;
          --user-background: #3391d41f;
        }        body.dark .user-color-12, html.theme_dark .user-color-12 {
          --user-accent-color: #52bfff;
          --user-background: #52bfff1f;
        }</style>
  </head>
  <body class="widget_frame_base tgme_webpreview emoji_image thin_box_shadow tme_mode no_transitions">
    <div class="tgme_background_wrap">
      <canvas id="tgme_background" class="tgme_background" width="50" height="50" data-colors="cfe3c1,7fae91,e1dd9b,93bd8f"></canvas>
      <div class="tgme_background_pattern"></div>
    </div>
    {header}
<main class="tgme_main" data-url="/{slug}">
  <div class="tgme_container">
    <section class="tgme_channel_history js-message_history">
      {older}{messages}{newer}
    </section>
  </div>
</main>
    <script src="/js/telegram-web.js?14"></script>
    <script>TWeb.init();
</script>
    
  </body>
</html>
<!-- page generated in 42.17ms -->
)~";

/// The channel's facts stand twice: in the right column, and shorter in the bar.
constexpr std::string_view kHeader = R"~(<header class="tgme_header search_collapsed">
  <div class="tgme_container">
    <div class="tgme_header_search">
      <form class="tgme_header_search_form" action="/s/{slug}">
        <svg class="tgme_header_search_form_icon" width="20" height="20" viewBox="0 0 20 20"><g fill="none" stroke="#7D7F81"><circle cx="9" cy="9" r="6"></circle></g></svg>
        <input class="tgme_header_search_form_input js-header_search" placeholder="Search" name="q" autocomplete="off" value="" />
        <a href="/s/{slug}" class="tgme_header_search_form_clear"></a>
      </form>
    </div>
    <div class="tgme_header_right_column">
      <section class="tgme_right_column">
        <div class="tgme_channel_info">
          <div class="tgme_channel_info_header">
            <i class="tgme_page_photo_image bgcolor2" data-content="Q"><img src="https://cdn4.telesco.pe/file/demo_photo_{slug}.jpg"></i>
            <div class="tgme_channel_info_header_title_wrap">
              <div class="tgme_channel_info_header_title"><span dir="auto">{title}</span></div>
              <div class="tgme_channel_info_header_labels">{verified}</div>
            </div>
            <div class="tgme_channel_info_header_username"><a href="https://t.me/{slug}">@{slug}</a></div>
          </div>
          <div class="tgme_channel_info_counters">{counters}</div>
          <div class="tgme_channel_info_description">{description}</div>
          <a class="tgme_channel_download_telegram" href="/dl">Download Telegram</a>
          <div class="tgme_footer">
            <div class="tgme_footer_column">
              <h5><a href="/faq">About</a></h5>
            </div>
            <div class="tgme_footer_column">
              <h5><a href="/apps">Apps</a></h5>
            </div>
          </div>
        </div>
      </section>
    </div>
    <div class="tgme_header_info">
      <a class="tgme_channel_join_telegram" href="/dl">Join</a>
      <a class="tgme_header_link" href="https://t.me/{slug}">
        <i class="tgme_page_photo_image bgcolor2" data-content="Q"><img src="https://cdn4.telesco.pe/file/demo_photo_{slug}.jpg"></i>
        <div class="tgme_header_title_wrap">
          <div class="tgme_header_title"><span dir="auto">{title}</span></div>
          <div class="tgme_header_labels">{verified}</div>
        </div>
        <div class="tgme_header_counter">{audience}</div>
      </a>
    </div>
  </div>
</header>)~";

constexpr std::string_view kVerified = "<i class=\"verified-icon\"> ✔</i>";

constexpr std::string_view kNoPosts =
    R"~(<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="tgme_widget_message_centered"><div class="tme_no_messages_found">No posts found</div></div></div>)~";

std::string render_header(const Channel& channel) {
  std::string counters;
  for (const DemoCounter& counter : channel.counters) {
    counters += fill(
        R"~(<div class="tgme_channel_info_counter"><span class="counter_value">{value}</span> <span class="counter_type">{type}</span></div>)~",
        {{"value", counter.value}, {"type", counter.type}});
  }
  const std::string audience =
      channel.counters.empty() ? "" : channel.counters[0].value + " " + channel.counters[0].type;
  return fill(kHeader,
              {{"slug", channel.slug},
               {"title", page_markup(channel.title)},
               {"verified", channel.verified ? kVerified : ""},
               {"counters", counters},
               {"description", page_markup(channel.description)},
               {"audience", audience}});
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

std::string more_link(const std::string& path, std::string_view word, MessageId id) {
  return fill(
      R"~(<div class="tgme_widget_message_centered js-messages_more_wrap"><a href="{path}?{word}={id}" class="tme_messages_more js-messages_more" data-{word}="{id}"></a></div>)~",
      {{"path", path}, {"word", word}, {"id", std::to_string(id)}});
}

std::string head_link(std::string_view rel,
                      const std::string& path,
                      std::string_view word,
                      MessageId id) {
  return fill("<link rel=\"{rel}\" href=\"{path}?{word}={id}\">\n",
              {{"rel", rel}, {"path", path}, {"word", word}, {"id", std::to_string(id)}});
}

}  // namespace

std::string render_channel_page(const Channel& channel, const Cursor& cursor) {
  const Posts window = window_of(channel, cursor);
  const std::string path = "/s/" + channel.slug;
  std::string links;
  std::string older;
  std::string newer;
  std::string canonical = path;
  std::string messages(window.empty() ? kNoPosts : "");
  if (!window.empty()) {
    const MessageId oldest = window.front().id;
    const MessageId newest = window.back().id;
    const bool linked =
        std::ranges::find(channel.unlinked_from, oldest) == channel.unlinked_from.end();
    if (oldest != channel.posts.front().id && linked) {
      older = more_link(path, "before", oldest);
      links += head_link("prev", path, "before", oldest);
    }
    if (newest != channel.posts.back().id) {
      newer = more_link(path, "after", newest);
      links += head_link("next", path, "after", newest);
    }
    canonical += "?before=" + std::to_string(newest + 1);
  }
  for (const DemoPost& post : window) messages += render_message(channel, post);
  return fill(kPage,
              {{"title", page_markup(channel.title)},
               {"slug", channel.slug},
               {"plain", escape(plain_text(channel.description))},
               {"links", links},
               {"canonical", canonical},
               {"header", render_header(channel)},
               {"older", older},
               {"messages", messages},
               {"newer", newer}});
}

}  // namespace qanat::demo
