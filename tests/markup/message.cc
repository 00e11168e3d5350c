#include "markup/message.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "markup/html.h"
#include "markup/media.h"
#include "markup/words.h"

namespace qanat::markup {
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

/// What browsers show that cannot show the post.
std::string hidden_branch(const std::string& url) {
  return fill(
      R"~(<div class="media_not_supported_cont"><div class="message_media_not_supported_wrap">
  <div class="message_media_not_supported">
    <div class="message_media_not_supported_label">Please open Telegram to view this post</div>
    <a href="{href}" class="message_media_view_in_telegram">VIEW IN TELEGRAM</a>
  </div>
</div></div>)~",
      {{"href", url}});
}

std::string channel_url(const std::string& slug) { return "https://t.me/" + slug; }

std::string first_letter(const std::string& title) {
  return title.empty() ? "" : escape(title.substr(0, utf8::decode(title, 0).length));
}

/// {"c":-1700000001,"p":519,…}: channel, post, time of rendering. An album's post ends with "g".
std::string data_view(const Sender& sender, const Post& post) {
  const std::string number = std::to_string(post.id.message);
  return base64url(
      fill(R"~({"c":-{channel},"p":{post},"t":1795000000,"h":"{hash}"})~",
           {{"channel", std::to_string(sender.id)},
            {"post", post.album.empty() ? number : "\"" + number + "g\""},
            {"hash", std::to_string(100000007 * (post.id.message % 1000003) % 999999937)}}));
}

std::string state_classes(const Post& post, const Manner& manner) {
  constexpr int kColored = 2023;
  constexpr int kUserPicture = 2021;
  std::string classes = manner.year >= kColored ? "text_not_supported_wrap " : "";
  if (manner.year < kUserPicture) classes += "force_userpic ";
  const MediaType first = post.media.empty() ? MediaType::unsupported : post.media.front().type;
  const bool service = post.kind == PostKind::service;
  if (service) classes += "service_message ";
  if (service && first == MediaType::photo) classes += "service_message_photo ";
  if (first == MediaType::sticker) classes += "sticker_media no_bubble ";
  if (first == MediaType::round_video) classes += "roundvideo_media no_bubble ";
  return manner.year >= kColored ? classes + "user-color-12" : classes;
}

std::string via_bot(const Post& post) {
  if (post.via_bot.empty()) return {};
  const std::string name = post.via_bot.substr(post.via_bot.starts_with('@') ? 1 : 0);
  return fill(
      R"~( via <a class="tgme_widget_message_via_bot" href="https://t.me/{name}" dir="auto">{shown}</a>)~",
      {{"name", escape(name)}, {"shown", plain_words(post.via_bot)}});
}

std::string forward_source(const Forward& forward, const Manner& manner) {
  const std::string name = plain_words(forward.name);
  if (forward.url.empty()) {
    return fill(
        R"~(<span class="tgme_widget_message_forwarded_from_name" dir="auto">{name}</span>)~",
        {{"name", name}});
  }
  constexpr int kNameInSpan = 2022;
  return fill(
      manner.year >= kNameInSpan
          ? R"~(<a class="tgme_widget_message_forwarded_from_name" href="{url}"><span dir="auto">{name}</span></a>)~"
          : R"~(<a class="tgme_widget_message_forwarded_from_name" href="{url}" dir="auto">{name}</a>)~",
      {{"url", escape(forward.url)}, {"name", name}});
}

/// `more` stands behind the source: the bot through which it came.
std::string forward_line(const Forward& forward, const std::string& more, const Manner& manner) {
  const std::string author =
      forward.author.empty()
          ? ""
          : fill(
                R"~(&nbsp;(<span class="tgme_widget_message_forwarded_from_author" dir="auto">{author}</span>))~",
                {{"author", plain_words(forward.author)}});
  return fill(
      R"~(<div class="tgme_widget_message_forwarded_from accent_color">Forwarded from&nbsp;{source}{author}{more}</div>
)~",
      {{"source", forward_source(forward, manner)}, {"author", author}, {"more", more}});
}

std::string quote_class(const Reply& reply, const Manner& manner) {
  const bool of_media = reply.text == "Photo" || reply.text == "Video" || manner.unusual(3);
  return of_media ? "tgme_widget_message_metatext" : "tgme_widget_message_text";
}

/// Since 2024 with the stray quote that Telegram's own pages have after data-bg-emoji.
std::string reply_block(const Sender& sender, const Reply& reply, const Manner& manner) {
  constexpr int kStrayQuote = 2024;
  const bool stray = manner.year >= kStrayQuote;
  const std::string thumb =
      manner.unusual(4)
          ? R"~(<i class="tgme_widget_message_reply_thumb" style="background-image:url('https://cdn4.telesco.pe/file/reply.jpg')"></i>)~"
          : "";
  return fill(
      R"~(<a class="tgme_widget_message_reply{color}" href="{url}"{stray}>{thumb}
<div class="tgme_widget_message_author accent_color">
  <span class="tgme_widget_message_author_name" dir="auto">{title}</span>
</div>
<div class="{class} js-message_reply_text" dir="auto">{quoted}</div>
</a>)~",
      {{"color", stray ? " user-color-12 js-message_emoji_bg" : ""},
       {"url", escape(reply.url)},
       {"stray", stray ? R"~(  data-bg-emoji="5407025283456835913"")~" : ""},
       {"thumb", thumb},
       {"title", plain_words(sender.title)},
       {"class", quote_class(reply, manner)},
       {"quoted", plain_words(reply.text)}});
}

std::string poll_option(const PollOption& option, int leader) {
  const std::string percent = option.percent ? fill(R"~(
  <div class="tgme_widget_message_poll_option_percent">{percent}%</div>)~",
                                                    {{"percent", std::to_string(*option.percent)}})
                                             : "";
  return fill(
      R"~(<div class="tgme_widget_message_poll_option">{percent}
  <div class="tgme_widget_message_poll_option_value">
    <div class="tgme_widget_message_poll_option_text">{text}</div>
    <div class="tgme_widget_message_poll_option_bar" style="width:{bar}%"></div>
  </div>
</div>)~",
      {{"percent", percent},
       {"text", plain_words(option.text)},
       {"bar", std::to_string(option.percent.value_or(0) * 100 / leader)}});
}

std::string poll_block(const Poll& poll, const std::string& url) {
  int leader = 1;
  for (const PollOption& option : poll.options)
    leader = std::max(leader, option.percent.value_or(0));
  std::string options;
  for (const PollOption& option : poll.options) options += poll_option(option, leader);
  return fill(
      R"~(<div class="tgme_widget_message_poll js-poll">
  <div class="tgme_widget_message_poll_question">{question}</div>
  <div class="tgme_widget_message_poll_type">{type}</div>
  <a class="tgme_widget_message_poll_options" href="{url}">{options}</a>
</div>)~",
      {{"question", plain_words(poll.question)},
       {"type", poll.type},
       {"url", url},
       {"options", options}});
}

/// A part of a link preview; nothing when it is missing.
std::string preview_part(std::string_view tag, const std::string& text) {
  if (text.empty()) return {};
  return fill("  <div class=\"{tag}\" dir=\"auto\">{text}</div>\n",
              {{"tag", tag}, {"text", plain_words(text)}});
}

/// A video's first frame, where the preview's picture stands else.
std::string preview_video(const std::string& image_url) {
  return fill(
      R"~(  <div class="link_preview_video_player"><i class="link_preview_video_thumb" style="background-image:url('{url}')"></i><div class="link_preview_video_wrap" style="padding-top:56.25%"><video class="link_preview_video" src="https://cdn4.telesco.pe/file/preview.mp4"></video></div></div>
)~",
      {{"url", escape(image_url)}});
}

std::string preview_block(const LinkPreview& preview, bool small, const Manner& manner) {
  std::string image;
  if (!preview.image_url.empty() && !small && manner.unusual(4)) {
    image = preview_video(preview.image_url);
  } else if (!preview.image_url.empty()) {
    image = fill(small ? "  <i class=\"link_preview_right_image\" "
                         "style=\"background-image:url('{url}')\"></i>\n"
                       : "  <i class=\"link_preview_image\" "
                         "style=\"background-image:url('{url}');padding-top:53.5%\"></i>\n",
                 {{"url", escape(preview.image_url)}});
  }
  const std::string site = preview_part("link_preview_site_name accent_color", preview.site_name);
  return fill("<a class=\"tgme_widget_message_link_preview\" href=\"{url}\">\n{head}{rest}</a>\n",
              {{"url", escape(preview.url)},
               {"head", small ? image + site : site + image},
               {"rest",
                preview_part("link_preview_title", preview.title) +
                    preview_part("link_preview_description", preview.description)}});
}

std::string glyph_of(const Reaction& reaction, const Manner& manner) {
  if (reaction.paid) return R"~(<i class="icon icon-telegram-stars"></i>)~";
  const bool bare = !reaction.custom_emoji_id.empty() && manner.unusual(3);
  const std::string emoji = bare ? reaction.emoji : plain_words(reaction.emoji);
  if (reaction.custom_emoji_id.empty()) return emoji;
  return fill("<tg-emoji emoji-id=\"{id}\">{emoji}</tg-emoji>",
              {{"id", reaction.custom_emoji_id}, {"emoji", emoji}});
}

std::string reactions_block(const Post& post, const Manner& manner) {
  if (post.reactions.empty()) return {};
  std::string out = "<div class=\"tgme_widget_message_reactions js-message_reactions\">";
  for (const Reaction& reaction : post.reactions) {
    out += fill("<span class=\"tgme_reaction{paid}\">{glyph}{count}</span>",
                {{"paid", reaction.paid ? " tgme_reaction_paid" : ""},
                 {"glyph", glyph_of(reaction, manner)},
                 {"count", reaction.count.text}});
  }
  return out + "</div>";
}

std::string keyboard(const Post& post, const Manner& manner) {
  if (post.buttons.empty()) return {};
  std::string rows;
  for (const Button& button : post.buttons) {
    rows += fill(
        R"~(<div class="tgme_widget_message_inline_row"><a class="tgme_widget_message_inline_button url_button" href="{url}" target="_blank" rel="noopener" onclick="return confirm('Open this link?\n\n'+this.href);"><span class="tgme_widget_message_inline_button_text" dir="auto">{text}</span></a></div>)~",
        {{"url", escape(escape(button.url))}, {"text", plain_words(button.text)}});
    if (manner.unusual(4)) {  // one that calls a bot
      rows += fill(
          R"~(<div class="tgme_widget_message_inline_row"><a class="tgme_widget_message_inline_button" href="{url}"><span class="tgme_widget_message_inline_button_text" dir="auto">Vote</span></a></div>)~",
          {{"url", post.url}});
    }
  }
  return "<div class=\"tgme_widget_message_inline_keyboard\">" + rows + "</div>";
}

std::string service_photo(const Post& post) {
  return fill(
      R"~(<a class="tgme_widget_message_service_photo" href="{href}"><img src="{url}"></a>)~",
      {{"href", post.url}, {"url", escape(post.media.front().url)}});
}

bool keeps_back(const Post& post) {
  return !post.media.empty() && post.media.back().type == MediaType::unsupported;
}

/// What the page says instead of a body, or of a medium, that it keeps back.
std::string withheld(const Post& post) {
  if (keeps_back(post)) return withheld_label("This media is not supported in your browser");
  return post.kind == PostKind::withheld ? hidden_branch(post.url) : "";
}

/// Since 2024 an album may have two branches of its own.
std::string media_part(const Shown& shown, const Manner& manner) {
  const std::string all = media(shown, manner);
  if (manner.year < 2024 || shown.post.album.empty() || !manner.unusual(3)) return all;
  return R"~(<div class="tgme_widget_message_one_media js-message_media"><div class="media_supported_cont">)~" +
         all + "</div>" + hidden_branch(shown.post.url) + "</div>";
}

/// What can be shown only by Telegram itself comes with a second, hidden branch.
std::string body(const Shown& shown, const Manner& manner) {
  const Post& post = shown.post;
  std::string text = shown.texts.empty() ? "" : text_element(shown.texts.back());
  // An album's caption is wrapped twice.
  if (!text.empty() && !post.album.empty()) text = text_element(text);
  const std::string seen = media_part(shown, manner) + text;
  const std::string kept_back = withheld(post);
  if (seen.empty()) return kept_back;
  const bool two_branches = text.contains("<tg-emoji") || (!keeps_back(post) && manner.unusual(5));
  if (!two_branches) return seen + kept_back;
  return "<div class=\"media_supported_cont\">" + seen + "</div>" + hidden_branch(post.url) +
         kept_back;
}

std::string counters(const Post& post) {
  std::string out;
  if (post.poll && !post.poll->voters_text.empty()) {
    out += fill(
        R"~(<span class="tgme_widget_message_voters">{count}</span><span class="copyonly"> voters</span>&nbsp;)~",
        {{"count", post.poll->voters_text}});
  }
  if (!post.views.text.empty()) {
    out += fill(
        R"~(<span class="tgme_widget_message_views">{views}</span><span class="copyonly"> views</span>)~",
        {{"views", post.views.text}});
  }
  return out;
}

std::string moment(const Post& post, const Manner& manner) {
  constexpr int kClassOfTime = 2021;
  const std::string_view class_of_time = manner.year >= kClassOfTime ? " class=\"time\"" : "";
  if (!post.published_at) {
    return fill(R"~(<time datetime="yesterday"{class}>yesterday</time>)~",
                {{"class", class_of_time}});
  }
  const std::string utc = format_instant(*post.published_at);  // 2026-03-02T08:00:05Z
  const std::string shifted = format_instant(*post.published_at + std::chrono::minutes{330});
  return fill(
      R"~(<time datetime="{moment}"{class}>{clock}</time>)~",
      {{"moment",
        manner.unusual(10) ? shifted.substr(0, 19) + "+05:30" : utc.substr(0, 19) + "+00:00"},
       {"class", class_of_time},
       {"clock", utc.substr(11, 5)}});
}

std::string footer(const Post& post, const Manner& manner) {
  std::string meta;
  if (!post.author.empty()) {
    meta +=
        fill(R"~(<span class="tgme_widget_message_from_author" dir="auto">{author}</span>,&nbsp;)~",
             {{"author", plain_words(post.author)}});
  }
  if (post.edited) meta += "edited &nbsp;";
  return fill(
      R"~(<div class="tgme_widget_message_footer compact js-message_footer">
  
  <div class="tgme_widget_message_info short js-message_info">
    {counters}<span class="tgme_widget_message_meta">{meta}<a class="tgme_widget_message_date" href="{url}">{moment}</a></span>
  </div>
</div>)~",
      {{"counters", counters(post)},
       {"meta", meta},
       {"url", post.url},
       {"moment", moment(post, manner)}});
}

/// The channel's line; `more` stands behind its name.
std::string owner_line(const Sender& sender, const std::string& more, const Manner& manner) {
  constexpr int kAccent = 2020;
  return fill(
      R"~(    <div class="tgme_widget_message_author{accent}"><a class="tgme_widget_message_owner_name" href="{url}"><span dir="auto">{title}</span>{mark}</a>{more}</div>
)~",
      {{"accent", manner.year >= kAccent ? " accent_color" : ""},
       {"url", channel_url(sender.slug)},
       {"title", plain_words(sender.title)},
       {"mark", manner.unusual(4) ? "<i class=\"verified-icon\"> ✔</i>" : ""},
       {"more", more}});
}

std::string inside(const Sender& sender, const Shown& shown, const Manner& manner) {
  const Post& post = shown.post;
  const bool bot_in_forward = post.forwarded_from && manner.unusual(2);
  const std::string bot = via_bot(post);
  std::string out = owner_line(sender, bot_in_forward ? "" : bot, manner) + "\n";
  if (post.forwarded_from)
    out += forward_line(*post.forwarded_from, bot_in_forward ? bot : "", manner);
  if (post.reply_to) out += reply_block(sender, *post.reply_to, manner);
  if (post.kind == PostKind::service) {
    out += text_element(shown.texts.empty() ? "" : shown.texts.front());
    return post.media.empty() ? out : out + service_photo(post);
  }
  out += "\n" + body(shown, manner);
  if (post.poll) out += poll_block(*post.poll, post.url);
  if (post.link_preview) out += preview_block(*post.link_preview, shown.small_preview, manner);
  return out + "\n" + reactions_block(post, manner);
}

/// Where the words of two documents' captions part; npos when they do not.
std::size_t caption_end(const Post& post, std::size_t from) {
  constexpr std::string_view kBlank = " \t\n\u00a0";
  for (std::size_t at = post.text.find("\n\n", from); at != std::string::npos;
       at = post.text.find("\n\n", at + 1)) {
    const std::size_t next = at + 2;
    const bool covered = std::ranges::any_of(post.entities, [&](const Entity& each) {
      return each.span.begin < next && each.span.end > at;
    });
    if (!covered && !kBlank.contains(post.text[at - 1]) && !kBlank.contains(post.text[next]))
      return at;
  }
  return std::string::npos;
}

/// The words of one caption.
Words part_of(const Post& post, Span part) {
  Words words{.text = std::string_view{post.text}.substr(part.begin, part.size()),
              .entities = {},
              .links = {}};
  const auto take = [part](const auto& from, auto& to) {
    for (auto each : from) {
      if (!part.contains(each.span)) continue;
      each.span = {.begin = each.span.begin - part.begin, .end = each.span.end - part.begin};
      to.push_back(std::move(each));
    }
  };
  take(post.entities, words.entities);
  take(post.links, words.links);
  return words;
}

/// A service post's words: the name that they begin with leads to its owner.
std::string notice(const Post& post) {
  if (post.links.empty()) return plain_words(post.text);
  const Link& name = post.links.front();
  return fill(
      R"~(<a class="tgme_widget_message_author_name" href="{url}"><span dir="auto">{name}</span></a>{rest})~",
      {{"url", escape(name.url)},
       {"name", plain_words(name.text)},
       {"rest", plain_words(std::string_view{post.text}.substr(name.span.end))}});
}

std::string formatted(const Post& post, Span part, const Manner& manner) {
  const std::string text = formatted_words(part_of(post, part), manner);
  return manner.unusual(10) ? "\n    " + text + "\n  " : text;
}

std::vector<std::string> texts_of(const Post& post, const Manner& manner) {
  if (post.kind == PostKind::service) return {notice(post)};
  std::vector<std::string> texts;
  std::size_t begin = 0;
  const auto is_file = [](const Media& each) {
    return each.type == MediaType::document || each.type == MediaType::audio;
  };
  const auto files = std::ranges::count_if(post.media, is_file);
  for (auto room = files; room > 1 && manner.unusual(2); --room) {
    const std::size_t end = caption_end(post, begin);
    if (end == std::string::npos) break;
    texts.push_back(formatted(post, {.begin = begin, .end = end}, manner));
    begin = end + 2;
  }
  if (begin < post.text.size())
    texts.push_back(formatted(post, {.begin = begin, .end = post.text.size()}, manner));
  return texts;
}

}  // namespace

std::string message(const Sender& sender, const Shown& shown, const Manner& manner) {
  const Post& post = shown.post;
  const std::string view = data_view(sender, post);
  const bool twice = manner.year < 2020;
  return fill(
      R"~(<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="tgme_widget_message {classes} js-widget_message" data-post="{slug}/{number}" data-view="{view}"{again}>
  <div class="tgme_widget_message_user"><a href="{channel}"><i class="tgme_widget_message_user_photo bgcolor2" data-content="{letter}"><img src="https://cdn4.telesco.pe/file/demo_photo_{slug}.jpg"></i></a></div>
  <div class="tgme_widget_message_bubble">
    
{tail}{inside}{footer}
  </div>
  {keyboard}
</div></div>)~",
      {{"classes", state_classes(post, manner)},
       {"slug", sender.slug},
       {"number", std::to_string(post.id.message)},
       {"view", view},
       {"again", twice ? " data-view=\"" + view + "\"" : ""},
       {"channel", channel_url(sender.slug)},
       {"letter", first_letter(sender.title)},
       {"tail", kBubbleTail},
       {"inside", inside(sender, shown, manner)},
       {"footer", footer(post, manner)},
       {"keyboard", keyboard(post, manner)}});
}

std::string message(const Sender& sender, const Post& post, const Manner& manner) {
  Shown shown{.post = post, .texts = texts_of(post, manner), .thumbs = {}};
  for (std::size_t i = 0; i < post.media.size(); ++i)
    shown.thumbs.push_back("https://cdn4.telesco.pe/file/thumb" + std::to_string(i) + ".jpg");
  shown.small_preview = manner.unusual(2);
  return message(sender, shown, manner);
}

}  // namespace qanat::markup
