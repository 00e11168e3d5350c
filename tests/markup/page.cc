#include "markup/page.h"

#include "markup/html.h"
#include "markup/words.h"

namespace qanat::markup {
namespace {

constexpr std::string_view kPage = R"~(<!DOCTYPE html>
<html>
  <head>
    <meta charset="utf-8">
    <title>{title} – Telegram</title>
    <meta name="viewport" content="width=device-width, initial-scale=1.0, minimum-scale=1.0, maximum-scale=1.0, user-scalable=no" />
    <meta name="format-detection" content="telephone=no" />
    
<meta property="og:title" content="{title}">
<meta property="og:image" content="{photo}">
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
      {history}
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
            <i class="tgme_page_photo_image bgcolor2" data-content="Q"><img src="{photo}"></i>
            <div class="tgme_channel_info_header_title_wrap">
              <div class="tgme_channel_info_header_title"><span dir="auto">{title}</span>{in_title}</div>
              <div class="tgme_channel_info_header_labels">{verified}</div>
            </div>
            <div class="tgme_channel_info_header_username"><a href="https://t.me/{slug}">@{username}</a></div>
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
        <i class="tgme_page_photo_image bgcolor2" data-content="Q"><img src="{photo}"></i>
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

std::string header(const Frame& frame, const Manner& manner) {
  const ChannelFacts& channel = frame.channel;
  std::string counters;
  for (const Counter& counter : channel.counters) {
    counters += fill(
        R"~(<div class="tgme_channel_info_counter"><span class="counter_value">{value}</span> <span class="counter_type">{type}</span></div>)~",
        {{"value", counter.count.text}, {"type", counter.type}});
  }
  const std::string audience =
      channel.counters.empty() ? ""
                               : channel.counters[0].count.text + " " + channel.counters[0].type;
  // The mark stood in the title until 2023.
  constexpr int kLabels = 2023;
  const std::string_view mark = channel.verified ? kVerified : "";
  return fill(kHeader,
              {{"slug", frame.slug},
               {"username", channel.username},
               {"photo", escape(channel.photo_url)},
               {"title", plain_words(channel.title)},
               {"in_title", manner.year < kLabels ? mark : ""},
               {"verified", manner.year < kLabels ? "" : mark},
               {"counters", counters},
               {"description", frame.description},
               {"audience", audience}});
}

std::string more_link(const Frame& frame, std::string_view word, std::optional<MessageId> id) {
  if (!id) return {};
  return fill(
      R"~(<div class="tgme_widget_message_centered js-messages_more_wrap"><a href="/s/{slug}?{word}={id}" class="tme_messages_more js-messages_more" data-{word}="{id}"></a></div>)~",
      {{"slug", frame.slug}, {"word", word}, {"id", std::to_string(*id)}});
}

std::string head_link(const Frame& frame,
                      std::string_view rel,
                      std::string_view word,
                      std::optional<MessageId> id) {
  if (!id) return {};
  return fill("<link rel=\"{rel}\" href=\"/s/{slug}?{word}={id}\">\n",
              {{"rel", rel}, {"slug", frame.slug}, {"word", word}, {"id", std::to_string(*id)}});
}

}  // namespace

std::string history(const Frame& frame, const std::string& messages) {
  return more_link(frame, "before", frame.before) + messages +
         more_link(frame, "after", frame.after);
}

std::string page(const Frame& frame, const std::string& messages, const Manner& manner) {
  return fill(kPage,
              {{"title", escape(frame.channel.title)},
               {"slug", frame.slug},
               {"photo", escape(frame.channel.photo_url)},
               {"plain", escape(frame.channel.description)},
               {"links",
                head_link(frame, "prev", "before", frame.before) +
                    head_link(frame, "next", "after", frame.after)},
               {"canonical", frame.canonical},
               {"header", header(frame, manner)},
               {"history", history(frame, messages)}});
}

}  // namespace qanat::markup
