#include "demo/media_renderer.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "demo/html.h"

namespace qanat::demo {
namespace {

constexpr std::string_view kNotSupportedLabel = R"~(<div class="message_media_not_supported_wrap">
  <div class="message_media_not_supported">
    <div class="message_media_not_supported_label">{label}</div>
    <span class="message_media_view_in_telegram">VIEW IN TELEGRAM</span>
  </div>
</div>)~";

std::string padding_of(const Media& media) {
  const double width = media.width.value_or(800);
  const double height = media.height.value_or(450);
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.6g", height / width * 100);
  return text.data();
}

std::string duration_of(const Media& media) {
  const int seconds = media.duration_seconds.value_or(0);
  std::array<char, 32> text{};
  if (seconds >= 3600) {
    std::snprintf(
        text.data(), text.size(), "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  } else {
    std::snprintf(text.data(), text.size(), "%d:%02d", seconds / 60, seconds % 60);
  }
  return text.data();
}

std::string width_of(const Media& media) { return std::to_string(media.width.value_or(800)); }

std::string render_photo(const Medium& medium, const std::string& url) {
  return fill(
      R"~(<a class="tgme_widget_message_photo_wrap 5413653036929848{digits} 1260464321_4600{digits}" href="{href}" style="width:{width}px;background-image:url('{url}')">
  <div class="tgme_widget_message_photo" style="padding-top:{padding}%"></div>
</a>)~",
      {{"digits", std::to_string(100 + medium.media.url.size())},
       {"href", url},
       {"width", width_of(medium.media)},
       {"url", medium.media.url},
       {"padding", padding_of(medium.media)}});
}

/// What stands inside a video player: thumb, frame, duration, and the label for old browsers.
std::string player_inside(const Medium& medium) {
  const bool is_gif = medium.media.type == MediaType::gif;
  std::string out;
  if (!medium.thumb.empty()) {
    out += fill(
        R"~(<i class="tgme_widget_message_video_thumb" style="background-image:url('{thumb}')"></i>
)~",
        {{"thumb", medium.thumb}});
  }
  const std::string video =
      fill(R"~(
  <video src="{url}" class="tgme_widget_message_video js-message_video"{loop} width="100%" height="100%"></video>
)~",
           {{"url", escape(medium.media.url)}, {"loop", is_gif ? " autoplay loop muted" : ""}});
  out += fill(
      R"~(
<div class="tgme_widget_message_video_wrap" style="width:{width}px;padding-top:{padding}%">{video}</div>
)~",
      {{"width", width_of(medium.media)},
       {"padding", padding_of(medium.media)},
       {"video", medium.too_big ? "" : video}});
  if (!is_gif) {
    out += fill(R"~(<div class="message_video_play js-message_video_play"></div>
<time class="message_video_duration js-message_video_duration">{duration}</time>
)~",
                {{"duration", duration_of(medium.media)}});
  }
  return out + fill(kNotSupportedLabel,
                    {{"label",
                      medium.too_big ? "Media is too big"
                                     : "This media is not supported in your browser"}});
}

std::string render_video(const Medium& medium, const std::string& url) {
  return fill(
      R"~(<a class="tgme_widget_message_video_player{too_big} js-message_video_player" href="{href}">{inside}</a>)~",
      {{"too_big", medium.too_big ? " not_supported" : ""},
       {"href", url},
       {"inside", player_inside(medium)}});
}

std::string render_round_video(const Medium& medium) {
  return fill(
      R"~(<div class="tgme_widget_message_roundvideo_player js-message_roundvideo_player">
  <div class="tgme_widget_message_roundvideo_wrap"><i class="tgme_widget_message_roundvideo_thumb" style="background-image:url('{thumb}')"></i>
    <video src="{url}" class="tgme_widget_message_roundvideo js-message_roundvideo" width="100%" height="100%" muted></video>
  </div>
  <time class="tgme_widget_message_roundvideo_duration js-message_roundvideo_duration">{duration}</time>
{label}</div>)~",
      {{"thumb", medium.thumb},
       {"url", escape(medium.media.url)},
       {"duration", duration_of(medium.media)},
       {"label",
        fill(kNotSupportedLabel, {{"label", "This media is not supported in your browser"}})}});
}

std::string render_voice(const Medium& medium, const std::string& url) {
  constexpr std::array kWave = {0, 3, 12, 31, 22, 7, 18, 29, 4, 0};
  std::string wave;
  std::string bars;
  for (const int level : kWave) {
    wave += (wave.empty() ? "" : ",") + std::to_string(level);
    bars += "<s style=\"height:" + std::to_string(level * 100 / 31) + "%;\"></s>";
  }
  return fill(
      R"~(<a class="tgme_widget_message_voice_player js-message_voice_player" href="{href}">
  <audio class="tgme_widget_message_voice js-message_voice" src="{url}" data-ogg width="100%" data-waveform="{wave}"></audio>
  <div class="tgme_widget_message_voice_play accent_bghover"></div>
  <div class="tgme_widget_message_voice_wrap">
    <div class="tgme_widget_message_voice_progress_wrap js-message_voice_progress_wrap">
      <div class="tgme_widget_message_voice_progress_bg"><div class="bar">{bars}</div></div>
      <div class="tgme_widget_message_voice_progress js-message_voice_progress"><div class="bar">{bars}</div></div>
    </div>
    <time class="tgme_widget_message_voice_duration js-message_voice_duration">{duration}</time>
  </div>
</a>)~",
      {{"href", url},
       {"url", escape(medium.media.url)},
       {"wave", wave},
       {"bars", bars},
       {"duration", duration_of(medium.media)}});
}

std::string render_document(const Medium& medium, const std::string& url) {
  return fill(
      R"~(<a class="tgme_widget_message_document_wrap" href="{href}">
  <div class="tgme_widget_message_document_icon accent_bg{audio}"></div>
  <div class="tgme_widget_message_document">
    <div class="tgme_widget_message_document_title accent_color" dir="auto">{title}</div>
    <div class="tgme_widget_message_document_extra" dir="auto">{extra}</div>
  </div>
</a>)~",
      {{"href", url},
       {"audio", medium.media.type == MediaType::audio ? " audio" : ""},
       {"title", escape(medium.media.title)},
       {"extra", escape(medium.media.extra)}});
}

std::string render_sticker(const Medium& medium, const std::string& url) {
  return fill(
      R"~(<div class="message_media_not_supported_wrap media_not_supported_cont">
  <div class="message_media_not_supported">
    <div class="message_media_not_supported_label">Please open Telegram to view this post</div>
    <a href="{href}" class="message_media_view_in_telegram">VIEW IN TELEGRAM</a>
  </div>
</div><div class="tgme_widget_message_sticker_wrap media_supported_cont"><a href="{href}"><i class="tgme_widget_message_sticker js-sticker_image" style="background-image:url('data:image/svg+xml;base64,PHN2Zy8+');width:256px;" data-webp="{url}"><div style="padding-top:100%"></div></i></a></div>)~",
      {{"href", url}, {"url", escape(medium.media.url)}});
}

std::string render_location(const Medium& medium) {
  return fill(
      R"~(<a class="tgme_widget_message_location_wrap" href="https://maps.google.com/maps?q={place}&ll={place}&z=16">
  <div class="tgme_widget_message_location" style="background-image:url('{url}');padding-top:50%"></div>
</a>)~",
      {{"place", medium.media.extra}, {"url", medium.media.url}});
}

std::string render_contact(const Medium& medium) {
  return fill(
      R"~(<div class="tgme_widget_message_contact_wrap"><i class="tgme_widget_message_user_photo bgcolor4" data-content="К"></i><div class="tgme_widget_message_contact"><div class="tgme_widget_message_contact_name accent_color" dir="auto">{name}</div><div class="tgme_widget_message_contact_phone" dir="auto">{phone}</div></div></div>)~",
      {{"name", escape(medium.media.title)}, {"phone", escape(medium.media.extra)}});
}

std::string render_medium(const Medium& medium, const std::string& url) {
  switch (medium.media.type) {
    case MediaType::photo: return render_photo(medium, url);
    case MediaType::video:
    case MediaType::gif: return render_video(medium, url);
    case MediaType::round_video: return render_round_video(medium);
    case MediaType::voice: return render_voice(medium, url);
    case MediaType::audio:
    case MediaType::document: return render_document(medium, url);
    case MediaType::sticker: return render_sticker(medium, url);
    case MediaType::location: return render_location(medium);
    case MediaType::contact: return render_contact(medium);
    default: return {};
  }
}

bool makes_album(const DemoPost& post) {
  return post.media.size() > 1 && std::ranges::all_of(post.media, [](const Medium& medium) {
           return medium.media.type == MediaType::photo || medium.media.type == MediaType::video;
         });
}

std::string render_album_item(const Medium& medium, const std::string& url, int top) {
  const bool is_photo = medium.media.type == MediaType::photo;
  const double ratio =
      static_cast<double>(medium.media.width.value_or(800)) / medium.media.height.value_or(450);
  const std::string inside =
      is_photo
          ? R"~(<div class="tgme_widget_message_photo grouped_media" style="left:0;right:0;top:-1px;bottom:0px;"></div>)~"
          : player_inside(medium);
  return fill(
      R"~(<a class="{kind} grouped_media_wrap blured {script}" style="left:0px;top:{top}px;width:453px;height:302px;margin-right:0px;margin-bottom:2px;{image}" data-ratio="{ratio}" href="{href}">
  <div class="grouped_media_helper" style="left:0;right:0;top:132px;bottom:133px;">
    {inside}
  </div>
</a>)~",
      {{"kind", is_photo ? "tgme_widget_message_photo_wrap" : "tgme_widget_message_video_player"},
       {"script", is_photo ? "js-message_photo" : "js-message_video_player"},
       {"top", std::to_string(top)},
       {"image", is_photo ? "background-image:url('" + medium.media.url + "')" : ""},
       {"ratio", std::to_string(ratio)},
       {"href", url},
       {"inside", inside}});
}

std::string render_album(const DemoPost& post, const std::string& channel_url) {
  std::string items;
  for (std::size_t i = 0; i < post.media.size(); ++i) {
    const std::string number = std::to_string(post.id + static_cast<MessageId>(i));
    items += render_album_item(
        post.media[i], channel_url + number + "?single", static_cast<int>(i) * 304);
  }
  return fill(
      R"~(<div class="tgme_widget_message_grouped_wrap js-message_grouped_wrap" data-margin-w="2" data-margin-h="2" style="width:453px;">
  <div class="tgme_widget_message_grouped js-message_grouped" style="padding-top:133.333%">
    <div class="tgme_widget_message_grouped_layer js-message_grouped_layer" style="width:453px;height:604px">
      {items}
    </div>
  </div>
</div>)~",
      {{"items", items}});
}

}  // namespace

std::string render_media(const DemoPost& post, const std::string& post_url) {
  if (makes_album(post)) return render_album(post, post_url.substr(0, post_url.rfind('/') + 1));
  std::string out;
  for (const Medium& medium : post.media) out += render_medium(medium, post_url);
  return out;
}

}  // namespace qanat::demo
