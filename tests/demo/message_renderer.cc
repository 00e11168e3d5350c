#include "demo/message_renderer.h"

#include <algorithm>

#include "base/utf8.h"
#include "demo/html.h"
#include "demo/media_renderer.h"
#include "demo/text_markup.h"

namespace qanat::demo {
namespace {

/// A page's bubble tail: our own drawing at the true place and of about the true size.
constexpr std::string_view kBubbleTail = R"~(    <i class="tgme_widget_message_bubble_tail">
      <svg class="bubble_icon" width="9px" height="20px" viewBox="0 0 9 20">
        <g fill="none">
          <path class="background" fill="#ffffff" d="M9,0 L9,20 C8.2,14.6 5.9,9.1 1.1,2.4 C0.6,1.6 1.0,0.4 2.0,0.2 C4.2,0.1 6.6,0.0 9,0 Z"></path>
          <path class="border_1x" fill="#d7e3ec" d="M9,1 L9,20 C8.2,15.0 5.9,10.0 1.1,3.2 C0.6,2.4 1.0,1.4 2.0,1.2 C4.2,1.1 6.6,1.0 9,1 Z M9,0 L9,1 L2,1 L2,0 Z"></path>
          <path class="border_2x" d="M9,1 L9,20 C8.2,15.1 5.9,10.1 1.1,3.3 C0.6,2.5 1.0,1.5 2.0,1.3 C4.2,1.2 6.6,1.1 9,1 Z M9,0.5 L9,1 L2,1 L2,0.5 Z"></path>
          <path class="border_3x" d="M9,1 L9,20 C8.2,15.2 5.9,10.2 1.1,3.4 C0.6,2.6 1.0,1.6 2.0,1.4 C4.2,1.3 6.6,1.2 9,1 Z M9,0.7 L9,1 L2,1 L2,0.7 Z"></path>
        </g>
      </svg>
    </i>
)~";

constexpr std::string_view kHiddenBranch =
    R"~(<div class="media_not_supported_cont"><div class="message_media_not_supported_wrap">
  <div class="message_media_not_supported">
    <div class="message_media_not_supported_label">Please open Telegram to view this post</div>
    <a href="{href}" class="message_media_view_in_telegram">VIEW IN TELEGRAM</a>
  </div>
</div></div>)~";

std::string first_letter(const std::string& title) {
  return title.empty() ? "" : escape(title.substr(0, utf8::decode(title, 0).length));
}

/// {"c":-1700000001,"p":519,…}: channel, post, time of rendering. An album's post ends with "g".
std::string data_view(const Channel& channel, const DemoPost& post) {
  const std::string number = std::to_string(post.id);
  const bool album = post.media.size() > 1;
  return base64url(fill(R"~({"c":-{channel},"p":{post},"t":1795000000,"h":"{hash}"})~",
                        {{"channel", std::to_string(channel.numeric_id)},
                         {"post", album ? "\"" + number + "g\"" : number},
                         {"hash", std::to_string(100000007 * post.id % 999999937)}}));
}

std::string state_classes(const DemoPost& post) {
  std::string classes = "text_not_supported_wrap ";
  if (post.service != Service::none) classes += "service_message ";
  if (post.service == Service::photo) classes += "service_message_photo ";
  const MediaType first =
      post.media.empty() ? MediaType::unsupported : post.media.front().media.type;
  if (first == MediaType::sticker) classes += "sticker_media no_bubble ";
  if (first == MediaType::round_video) classes += "roundvideo_media no_bubble ";
  return classes + "user-color-12";
}

std::string render_forward(const Forward& forward) {
  const std::string name = escape(forward.name);
  const std::string source =
      forward.url.empty()
          ? fill(
                R"~(<span class="tgme_widget_message_forwarded_from_name" dir="auto">{name}</span>)~",
                {{"name", name}})
          : fill(
                R"~(<a class="tgme_widget_message_forwarded_from_name" href="{url}"><span dir="auto">{name}</span></a>)~",
                {{"url", escape(forward.url)}, {"name", name}});
  const std::string author =
      forward.author.empty()
          ? ""
          : fill(
                R"~(&nbsp;(<span class="tgme_widget_message_forwarded_from_author" dir="auto">{author}</span>))~",
                {{"author", escape(forward.author)}});
  return fill(
      R"~(<div class="tgme_widget_message_forwarded_from accent_color">Forwarded from&nbsp;{source}{author}</div>
)~",
      {{"source", source}, {"author", author}});
}

/// With the stray quote that Telegram's own pages have after data-bg-emoji.
std::string render_reply(const Channel& channel, const Reply& reply) {
  const std::string quoted =
      reply.text.empty()
          ? R"~(<div class="tgme_widget_message_metatext js-message_reply_text" dir="auto">Photo</div>)~"
          : R"~(<div class="tgme_widget_message_text js-message_reply_text" dir="auto">)~" +
                page_markup(reply.text) + "</div>";
  return fill(
      R"~(<a class="tgme_widget_message_reply user-color-12 js-message_emoji_bg" href="https://t.me/{slug}/{post}"  data-bg-emoji="5407025283456835913"">
<div class="tgme_widget_message_author accent_color">
  <span class="tgme_widget_message_author_name" dir="auto">{title}</span>
</div>
{quoted}
</a>)~",
      {{"slug", channel.slug},
       {"post", std::to_string(reply.post.value_or(0))},
       {"title", escape(channel.title)},
       {"quoted", quoted}});
}

std::string render_poll(const Poll& poll, const std::string& url) {
  int leader = 1;
  for (const PollOption& option : poll.options)
    leader = std::max(leader, option.percent.value_or(0));
  std::string options;
  for (const PollOption& option : poll.options) {
    const int percent = option.percent.value_or(0);
    options += fill(
        R"~(<div class="tgme_widget_message_poll_option">
  <div class="tgme_widget_message_poll_option_percent">{percent}%</div>
  <div class="tgme_widget_message_poll_option_value">
    <div class="tgme_widget_message_poll_option_text">{text}</div>
    <div class="tgme_widget_message_poll_option_bar" style="width:{bar}%"></div>
  </div>
</div>)~",
        {{"percent", std::to_string(percent)},
         {"text", page_markup(option.text)},
         {"bar", std::to_string(percent * 100 / leader)}});
  }
  return fill(
      R"~(<div class="tgme_widget_message_poll js-poll">
  <div class="tgme_widget_message_poll_question">{question}</div>
  <div class="tgme_widget_message_poll_type">{type}</div>
  <a class="tgme_widget_message_poll_options" href="{url}">{options}</a>
</div>)~",
      {{"question", page_markup(poll.question)},
       {"type", poll.type},
       {"url", url},
       {"options", options}});
}

/// A part of a link preview; nothing when it is missing.
std::string preview_part(std::string_view tag, const std::string& text) {
  if (text.empty()) return {};
  return fill("  <div class=\"{tag}\" dir=\"auto\">{text}</div>\n", {{"tag", tag}, {"text", text}});
}

std::string render_preview(const LinkPreview& preview, bool small) {
  std::string image;
  if (!preview.image_url.empty()) {
    image = fill(small ? "  <i class=\"link_preview_right_image\" "
                         "style=\"background-image:url('{url}')\"></i>\n"
                       : "  <i class=\"link_preview_image\" "
                         "style=\"background-image:url('{url}');padding-top:53.5%\"></i>\n",
                 {{"url", preview.image_url}});
  }
  const std::string site =
      preview_part("link_preview_site_name accent_color", page_markup(preview.site_name));
  return fill("<a class=\"tgme_widget_message_link_preview\" href=\"{url}\">\n{head}{rest}</a>\n",
              {{"url", escape(preview.url)},
               {"head", small ? image + site : site + image},
               {"rest",
                preview_part("link_preview_title", page_markup(preview.title)) +
                    preview_part("link_preview_description", page_markup(preview.description))}});
}

std::string render_reaction(const Reaction& reaction) {
  if (reaction.paid) {
    return R"~(<span class="tgme_reaction tgme_reaction_paid"><i class="icon icon-telegram-stars"></i>)~" +
           reaction.count.text + "</span>";
  }
  const std::string glyph =
      reaction.custom_emoji_id.empty()
          ? page_markup(reaction.emoji)
          : fill("<tg-emoji emoji-id=\"{id}\"></tg-emoji>", {{"id", reaction.custom_emoji_id}});
  return "<span class=\"tgme_reaction\">" + glyph + reaction.count.text + "</span>";
}

std::string render_reactions(const DemoPost& post) {
  if (post.reactions.empty()) return {};
  std::string out = "<div class=\"tgme_widget_message_reactions js-message_reactions\">";
  for (const Reaction& reaction : post.reactions) out += render_reaction(reaction);
  return out + "</div>";
}

std::string render_buttons(const DemoPost& post) {
  if (post.buttons.empty()) return {};
  std::string rows;
  for (const Button& button : post.buttons) {
    rows += fill(
        R"~(<div class="tgme_widget_message_inline_row"><a class="tgme_widget_message_inline_button url_button" href="{url}" target="_blank" rel="noopener" onclick="return confirm('Open this link?\n\n'+this.href);"><span class="tgme_widget_message_inline_button_text" dir="auto">{text}</span></a></div>)~",
        {{"url", escape(escape(button.url))}, {"text", page_markup(button.text)}});
  }
  return "<div class=\"tgme_widget_message_inline_keyboard\">" + rows + "</div>";
}

std::string render_text(const DemoPost& post) {
  if (post.text.empty()) return {};
  std::string text = R"~(<div class="tgme_widget_message_text js-message_text" dir="auto">)~" +
                     page_markup(post.text) + "</div>";
  if (post.media.size() < 2) return text;
  // An album's caption is wrapped twice.
  return R"~(<div class="tgme_widget_message_text js-message_text" dir="auto">)~" + text + "</div>";
}

std::string render_service(const Channel& channel, const DemoPost& post) {
  const std::string title = escape(channel.title);
  std::string notice;
  switch (post.service) {
    case Service::created: notice = "Channel created"; break;
    case Service::photo: notice = "Channel photo updated"; break;
    case Service::renamed:
      notice =
          "Channel name was changed to «<span class=\"tgme_widget_service_strong_text\" "
          "dir=\"auto\">" +
          title + "</span>»";
      break;
    default:
      notice = fill(
          R"~(<a class="tgme_widget_message_author_name" href="https://t.me/{slug}"><span dir="auto">{title}</span></a> pinned «{text}»)~",
          {{"slug", channel.slug}, {"title", title}, {"text", page_markup(post.text)}});
  }
  std::string out =
      R"~(<div class="tgme_widget_message_text js-message_text" dir="auto">)~" + notice + "</div>";
  if (post.service == Service::photo) {
    out += fill(
        R"~(<a class="tgme_widget_message_service_photo" href="https://t.me/{slug}/{post}"><img src="https://cdn4.telesco.pe/file/demo_photo_{slug}.jpg"></a>)~",
        {{"slug", channel.slug}, {"post", std::to_string(post.id)}});
  }
  return out;
}

/// What can be shown only by Telegram itself comes with a second, hidden branch.
std::string render_body(const DemoPost& post, const std::string& url) {
  const std::string media = render_media(post, url);
  const std::string text = render_text(post);
  std::string shown = media + text;
  if (post.withheld) return shown + fill(kHiddenBranch, {{"href", url}});
  const bool two_branches = text.find("<tg-emoji") != std::string::npos;
  if (!two_branches) return shown;
  return "<div class=\"media_supported_cont\">" + shown + "</div>" +
         fill(kHiddenBranch, {{"href", url}});
}

std::string render_footer(const DemoPost& post, const std::string& url) {
  const std::string moment = format_instant(post.date);  // 2026-03-02T08:00:05Z
  std::string counters;
  if (post.poll) {
    counters += fill(
        R"~(<span class="tgme_widget_message_voters">{count}</span><span class="copyonly"> voters</span>&nbsp;)~",
        {{"count", post.poll->voters_text}});
  }
  if (!post.views.empty()) {
    counters += fill(
        R"~(<span class="tgme_widget_message_views">{views}</span><span class="copyonly"> views</span>)~",
        {{"views", post.views}});
  }
  std::string meta;
  if (!post.author.empty()) {
    meta +=
        fill(R"~(<span class="tgme_widget_message_from_author" dir="auto">{author}</span>,&nbsp;)~",
             {{"author", escape(post.author)}});
  }
  if (post.edited) meta += "edited &nbsp;";
  return fill(
      R"~(<div class="tgme_widget_message_footer compact js-message_footer">
  
  <div class="tgme_widget_message_info short js-message_info">
    {counters}<span class="tgme_widget_message_meta">{meta}<a class="tgme_widget_message_date" href="{url}"><time datetime="{moment}+00:00" class="time">{clock}</time></a></span>
  </div>
</div>)~",
      {{"counters", counters},
       {"meta", meta},
       {"url", url},
       {"moment", moment.substr(0, 19)},
       {"clock", moment.substr(11, 5)}});
}

std::string render_inside(const Channel& channel, const DemoPost& post, const std::string& url) {
  if (post.service != Service::none) return render_service(channel, post);
  std::string out;
  if (post.forward) out += render_forward(*post.forward);
  if (post.reply) out += render_reply(channel, *post.reply);
  out += "\n" + render_body(post, url);
  if (post.poll) out += render_poll(*post.poll, url);
  if (post.preview) out += render_preview(*post.preview, post.small_preview);
  return out + "\n" + render_reactions(post);
}

}  // namespace

std::string render_message(const Channel& channel, const DemoPost& post) {
  const std::string number = std::to_string(post.id);
  const std::string url = "https://t.me/" + channel.slug + "/" + number;
  return fill(
      R"~(<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="tgme_widget_message {classes} js-widget_message" data-post="{slug}/{number}" data-view="{view}">
  <div class="tgme_widget_message_user"><a href="https://t.me/{slug}"><i class="tgme_widget_message_user_photo bgcolor2" data-content="{letter}"><img src="https://cdn4.telesco.pe/file/demo_photo_{slug}.jpg"></i></a></div>
  <div class="tgme_widget_message_bubble">
    
    {tail}    <div class="tgme_widget_message_author accent_color"><a class="tgme_widget_message_owner_name" href="https://t.me/{slug}"><span dir="auto">{title}</span></a></div>

{inside}{footer}
  </div>
  {buttons}
</div></div>)~",
      {{"classes", state_classes(post)},
       {"slug", channel.slug},
       {"number", number},
       {"view", data_view(channel, post)},
       {"letter", first_letter(channel.title)},
       {"tail", kBubbleTail},
       {"title", escape(channel.title)},
       {"inside", render_inside(channel, post, url)},
       {"footer", render_footer(post, url)},
       {"buttons", render_buttons(post)}});
}

}  // namespace qanat::demo
