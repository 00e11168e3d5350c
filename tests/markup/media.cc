#include "markup/media.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "markup/html.h"
#include "markup/words.h"

namespace qanat::markup {
namespace {

constexpr std::string_view kUnsupported = "This media is not supported in your browser";

constexpr std::string_view kSilhouette = "data:image/svg+xml;base64,PHN2Zy8+";

/// One medium of a post, and where it stands.
struct Item {
  const Media& media;
  std::string href;   ///< the post's address, or the item's own
  std::string thumb;  ///< empty: none
  const Manner& manner;
};

std::string percent_of(double part, double whole) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.6g", part / whole * 100);
  return text.data();
}

/// The declarations that lay out the height as a share of the width.
std::string width_of(const Media& media) {
  return media.width ? "width:" + std::to_string(*media.width) + "px;" : "";
}

std::string padding_of(const Media& media) {
  if (!media.width || !media.height) return "";
  return "padding-top:" + percent_of(*media.height, *media.width) + "%";
}

std::string image_of(const std::string& url) {
  return "background-image:url('" + escape(url) + "')";
}

/// A duration's element; none when the medium tells none.
std::string time_of(const Media& media, std::string_view classes) {
  if (!media.duration_seconds) return {};
  const int seconds = *media.duration_seconds;
  std::array<char, 32> text{};
  if (seconds >= 3600) {
    std::snprintf(
        text.data(), text.size(), "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  } else {
    std::snprintf(text.data(), text.size(), "%d:%02d", seconds / 60, seconds % 60);
  }
  return fill("<time class=\"{classes}\">{text}</time>\n",
              {{"classes", classes}, {"text", text.data()}});
}

std::string photo(const Item& item) {
  return fill(
      R"~(<a class="tgme_widget_message_photo_wrap{blured} 5413653036929848{digits} 1260464321_4600{digits}" href="{href}" style="{width}{image}">
  <div class="tgme_widget_message_photo" style="{padding}"></div>
</a>)~",
      {{"blured", item.manner.unusual(8) ? " blured" : ""},
       {"digits", std::to_string(100 + item.media.url.size())},
       {"href", item.href},
       {"width", width_of(item.media)},
       {"image", image_of(item.media.url)},
       {"padding", padding_of(item.media)}});
}

/// What stands inside a video player: thumb, frame, duration, and the label for old browsers.
std::string player_inside(const Item& item) {
  const bool is_gif = item.media.type == MediaType::gif;
  const bool too_big = item.media.url.empty();
  constexpr std::string_view kVideo =
      R"~(<video src="{url}" class="{classes}"{loop} width="100%" height="100%"></video>
)~";
  const std::string url = escape(item.media.url);
  std::string out;
  if (!item.thumb.empty()) {
    out += fill("<i class=\"tgme_widget_message_video_thumb\" style=\"{image}\"></i>\n",
                {{"image", image_of(item.thumb)}});
  }
  // The players of 2019 held the video twice, the first one blurred behind the other.
  if (item.manner.year < 2020 && !too_big) {
    out += fill(kVideo,
                {{"url", url + "&amp;blured"},
                 {"classes", "tgme_widget_message_video blured js-message_video_blured"},
                 {"loop", ""}});
  }
  const std::string video = fill(kVideo,
                                 {{"url", url},
                                  {"classes", "tgme_widget_message_video js-message_video"},
                                  {"loop", is_gif ? " autoplay loop muted" : ""}});
  out += fill(
      R"~(
<div class="tgme_widget_message_video_wrap" style="{width}{padding}">{video}</div>
)~",
      {{"width", width_of(item.media)},
       {"padding", padding_of(item.media)},
       {"video", too_big ? "" : video}});
  if (!is_gif) {
    out += "<div class=\"message_video_play js-message_video_play\"></div>\n" +
           time_of(item.media, "message_video_duration js-message_video_duration");
  }
  return out + withheld_label(too_big ? "Media is too big" : std::string{kUnsupported});
}

std::string video(const Item& item) {
  return fill(
      R"~(<a class="tgme_widget_message_video_player{too_big} js-message_video_player" href="{href}">{inside}</a>)~",
      {{"too_big", item.media.url.empty() ? " not_supported" : ""},
       {"href", item.href},
       {"inside", player_inside(item)}});
}

std::string round_video(const Item& item) {
  const std::string thumb = item.thumb.empty()
                                ? ""
                                : "<i class=\"tgme_widget_message_roundvideo_thumb\" style=\"" +
                                      image_of(item.thumb) + "\"></i>";
  return fill(
      R"~(<div class="tgme_widget_message_roundvideo_player js-message_roundvideo_player">
  <div class="tgme_widget_message_roundvideo_wrap">{thumb}
    <video src="{url}" class="tgme_widget_message_roundvideo js-message_roundvideo" width="100%" height="100%" muted></video>
  </div>
  {time}{label}</div>)~",
      {{"thumb", thumb},
       {"url", escape(item.media.url)},
       {"time",
        time_of(item.media,
                "tgme_widget_message_roundvideo_duration js-message_roundvideo_duration")},
       {"label", withheld_label(std::string{kUnsupported})}});
}

std::string voice(const Item& item) {
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
    {time}
  </div>
</a>)~",
      {{"href", item.href},
       {"url", escape(item.media.url)},
       {"wave", wave},
       {"bars", bars},
       {"time",
        time_of(item.media, "tgme_widget_message_voice_duration js-message_voice_duration")}});
}

std::string document(const Item& item) {
  return fill(
      R"~(<a class="tgme_widget_message_document_wrap" href="{href}">
  <div class="tgme_widget_message_document_icon accent_bg{audio}"></div>
  <div class="tgme_widget_message_document">
    <div class="tgme_widget_message_document_title accent_color" dir="auto">{title}</div>
    <div class="tgme_widget_message_document_extra" dir="auto">{extra}</div>
  </div>
</a>)~",
      {{"href", item.href},
       {"audio", item.media.type == MediaType::audio ? " audio" : ""},
       {"title", plain_words(item.media.title)},
       {"extra", plain_words(item.media.extra)}});
}

/// A still one of before or after 2022, an animated one, or a video.
std::string sticker_itself(const Item& item) {
  const std::string url = escape(item.media.url);
  if (item.media.extra == "animated") {
    return fill(
        R"~(<picture class="tgme_widget_message_tgsticker js-tgsticker_image"><source type="application/x-tgsticker" srcset="{url}"><img src="{data}"></picture>)~",
        {{"url", url}, {"data", kSilhouette}});
  }
  if (item.media.extra == "video") {
    return fill(
        R"~(<div class="tgme_widget_message_videosticker js-videosticker"><video class="js-videosticker_video" src="{url}" width="256" height="256"><img src="{data}"></video></div>)~",
        {{"url", url}, {"data", kSilhouette}});
  }
  if (item.media.height) {
    return fill(R"~(<i class="tgme_widget_message_sticker" style="{image};{width}{padding}"></i>)~",
                {{"image", image_of(item.media.url)},
                 {"width", width_of(item.media)},
                 {"padding", padding_of(item.media)}});
  }
  return fill(
      R"~(<i class="tgme_widget_message_sticker js-sticker_image" style="background-image:url('{data}');{width}" data-webp="{url}"><div style="padding-top:100%"></div></i>)~",
      {{"data", kSilhouette}, {"width", width_of(item.media)}, {"url", url}});
}

std::string sticker(const Item& item) {
  return fill(
      R"~(<div class="message_media_not_supported_wrap media_not_supported_cont">
  <div class="message_media_not_supported">
    <div class="message_media_not_supported_label">Please open Telegram to view this post</div>
    <a href="{href}" class="message_media_view_in_telegram">VIEW IN TELEGRAM</a>
  </div>
</div><div class="tgme_widget_message_sticker_wrap media_supported_cont"><a href="{href}">{sticker}</a></div>)~",
      {{"href", item.href}, {"sticker", sticker_itself(item)}});
}

/// Its address has a bare "&", as on Telegram's pages.
std::string location(const Item& item) {
  const std::string info = item.media.type == MediaType::location
                               ? ""
                               : fill(
                                     R"~(
  <div class="tgme_widget_message_location_info">
    <div class="tgme_widget_message_location_title">{title}</div>
    <div class="tgme_widget_message_location_address">{address}</div>
  </div>)~",
                                     {{"title", plain_words(item.media.title)},
                                      {"address", plain_words(item.media.extra)}});
  return fill(
      R"~(<a class="tgme_widget_message_location_wrap" href="{url}">
  <div class="tgme_widget_message_location" style="background-image:url('https://static-maps.example/?l=map&amp;z=15');padding-top:50%"></div>{info}
</a>)~",
      {{"url", item.media.url}, {"info", info}});
}

std::string contact(const Item& item) {
  return fill(
      R"~(<div class="tgme_widget_message_contact_wrap"><i class="tgme_widget_message_user_photo bgcolor4" data-content="К"></i><div class="tgme_widget_message_contact"><div class="tgme_widget_message_contact_name accent_color" dir="auto">{name}</div><div class="tgme_widget_message_contact_phone" dir="auto">{phone}</div></div></div>)~",
      {{"name", plain_words(item.media.title)}, {"phone", plain_words(item.media.extra)}});
}

/// `extra` is the price and, on a second line, the description.
std::string invoice(const Item& item) {
  const std::string& extra = item.media.extra;
  const std::size_t line = std::min(extra.find('\n'), extra.size());
  std::string description;
  if (line < extra.size())
    description =
        fill(R"~(<div class="tgme_widget_message_invoice_description" dir="auto">{text}</div>)~",
             {{"text", plain_words(extra.substr(line + 1))}});
  return fill(
      R"~(<div class="tgme_widget_message_invoice"><i class="tgme_widget_message_invoice_image" style="{image};padding-top:60%"></i><div class="tgme_widget_message_invoice_title" dir="auto">{title}</div>{description}<div class="tgme_widget_message_invoice_{part}">{total}</div></div>)~",
      {{"image", image_of(item.media.url)},
       {"title", plain_words(item.media.title)},
       {"description", description},
       {"part", item.manner.unusual(3) ? "label" : "total"},
       {"total", plain_words(extra.substr(0, line))}});
}

std::string game(const Item& item) {
  return fill(
      R"~(<div class="tgme_widget_message_game"><i class="tgme_widget_message_game_image" style="{image};padding-top:56%"></i><div class="tgme_widget_message_game_title" dir="auto">{title}</div><div class="tgme_widget_message_game_text" dir="auto">{text}</div></div>)~",
      {{"image", image_of(item.media.url)},
       {"title", plain_words(item.media.title)},
       {"text", plain_words(item.media.extra)}});
}

std::string medium(const Item& item) {
  switch (item.media.type) {
    case MediaType::photo: return photo(item);
    case MediaType::video:
    case MediaType::gif: return video(item);
    case MediaType::round_video: return round_video(item);
    case MediaType::voice: return voice(item);
    case MediaType::audio:
    case MediaType::document: return document(item);
    case MediaType::sticker: return sticker(item);
    case MediaType::location:
    case MediaType::venue: return location(item);
    case MediaType::contact: return contact(item);
    case MediaType::invoice: return invoice(item);
    case MediaType::game: return game(item);
    case MediaType::unsupported: return {};  // stands below the text
  }
  return {};
}

bool is_file(MediaType type) { return type == MediaType::audio || type == MediaType::document; }

std::string album_item(const Item& item, int top) {
  const bool is_photo = item.media.type == MediaType::photo;
  const int width = item.media.width.value_or(453);
  const int height = item.media.height.value_or(302);
  const std::string inside =
      is_photo
          ? R"~(<div class="tgme_widget_message_photo grouped_media" style="left:0;right:0;top:-1px;bottom:0px;"></div>)~"
          : player_inside(item);
  return fill(
      R"~(<a class="{kind} grouped_media_wrap blured {script}" style="left:0px;top:{top}px;width:{width}px;height:{height}px;margin-right:0px;margin-bottom:2px;{image}" data-ratio="{ratio}" href="{href}">
  <div class="grouped_media_helper" style="left:0;right:0;top:132px;bottom:133px;">
    {inside}
  </div>
</a>)~",
      {{"kind",
        is_photo ? "tgme_widget_message_photo_wrap"
                 : (item.media.url.empty() ? "tgme_widget_message_video_player not_supported"
                                           : "tgme_widget_message_video_player")},
       {"script", is_photo ? "js-message_photo" : "js-message_video_player"},
       {"top", std::to_string(top)},
       {"width", std::to_string(width)},
       {"height", std::to_string(height)},
       {"image", is_photo ? image_of(item.media.url) : ""},
       {"ratio", std::to_string(static_cast<double>(width) / height)},
       {"href", item.href},
       {"inside", inside}});
}

std::string album(const std::string& items) {
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

/// The address of a post's medium: its own in an album, else the post's.
std::string href_of(const Post& post, std::size_t at) {
  if (at >= post.album.size()) return post.url;
  return post.url.substr(0, post.url.rfind('/') + 1) + std::to_string(post.album[at]) + "?single";
}

}  // namespace

std::string media(const Shown& shown, const Manner& manner) {
  const Post& post = shown.post;
  std::string out;
  std::string grouped;
  for (std::size_t i = 0; i < post.media.size(); ++i) {
    const Item item{.media = post.media[i],
                    .href = href_of(post, i),
                    .thumb = i < shown.thumbs.size() ? shown.thumbs[i] : "",
                    .manner = manner};
    if (i < post.album.size() && !is_file(item.media.type)) {
      grouped += album_item(item, static_cast<int>(i) * 304);
      continue;
    }
    out += medium(item);
    if (i + 1 < shown.texts.size()) out += text_element(shown.texts[i]);
  }
  return (grouped.empty() ? "" : album(grouped)) + out;
}

std::string text_element(const std::string& markup) {
  return R"~(<div class="tgme_widget_message_text js-message_text" dir="auto">)~" + markup +
         "</div>";
}

std::string withheld_label(const std::string& label) {
  return fill(R"~(<div class="message_media_not_supported_wrap">
  <div class="message_media_not_supported">
    <div class="message_media_not_supported_label">{label}</div>
    <span class="message_media_view_in_telegram">VIEW IN TELEGRAM</span>
  </div>
</div>)~",
              {{"label", label}});
}

}  // namespace qanat::markup
