#include "demo/page_renderer.h"
#include "demo/text_markup.h"
#include "markup/html.h"

namespace qanat::demo {
namespace {

using markup::escape;
using markup::fill;

constexpr std::string_view kPage = R"~(<!DOCTYPE html>
<html>
  <head>
    <meta charset="utf-8">
    <title>Telegram: {verb} @{name}</title>
    <meta name="viewport" content="width=device-width, initial-scale=1.0">
    {robots}<meta property="og:title" content="{title}">
<meta property="og:image" content="{image}">
<meta property="og:site_name" content="Telegram">
<meta property="og:description" content="{plain}">

<meta property="al:ios:url" content="tg://resolve?domain={name}">
<meta property="al:android:url" content="tg://resolve?domain={name}">

<meta name="apple-itunes-app" content="app-id=100000001, app-argument: tg://resolve?domain={name}">
    <link href="/css/telegram.css?254" rel="stylesheet" media="screen">
  </head>
  <body class="no_transition">
    <div class="tgme_background_wrap">
    <canvas id="tgme_background" class="tgme_background default" width="50" height="50" data-colors="cfe3c1,7fae91,e1dd9b,93bd8f"></canvas>
    <div class="tgme_background_pattern default"></div>
  </div>
    <div class="tgme_page_wrap">
      <div class="tgme_head_wrap">
        <div class="tgme_head">
          <a href="/" class="tgme_head_brand"></a>
          <a class="tgme_head_right_btn" href="/dl">
            Download
          </a>
        </div>
      </div>
      <div class="tgme_body_wrap">
        <div class="tgme_page">
          {body}
        </div>
        
      </div>
    </div>

    <div id="tgme_frame_cont"></div>
    <script type="text/javascript">
document.body.classList.remove('no_transition');
    </script>
  </body>
</html>
<!-- page generated in 11.03ms -->
)~";

constexpr std::string_view kChannel = R"~(<div class="tgme_page_photo">
  <a href="tg://resolve?domain={name}"><img class="tgme_page_photo_image" src="https://cdn4.telesco.pe/file/demo_photo_{name}.jpg"></a>
</div>
<div class="tgme_page_title" dir="auto">
  <span dir="auto">{title}</span>{verified}
</div>
<div class="tgme_page_extra">{audience} subscribers</div>
<div class="tgme_page_description" dir="auto">{description}</div>
<div class="tgme_page_action">
  <a class="tgme_action_button_new shine" href="tg://resolve?domain={name}">View in Telegram</a>
</div>
<!-- WEBOGRAM_BTN -->
{preview}
<div class="tgme_page_additional">
  If you have <strong>Telegram</strong>, you can view and join <br><strong>{title}</strong> right away.
</div>)~";

constexpr std::string_view kPreviewLink =
    R"~(<div class="tgme_page_context_link_wrap"><a class="tgme_page_context_link" href="/s/{name}">Preview channel</a></div>)~";

constexpr std::string_view kFreeName = R"~(<div class="tgme_page_icon">
  <i class="tgme_icon_user"></i>
</div>
<div class="tgme_page_description">
  If you have <strong>Telegram</strong>, you can contact <a class="tgme_username_link" href="tg://resolve?domain={name}">@{name}</a> right away.
</div>
<div class="tgme_page_action">
  <a class="tgme_action_button_new" href="tg://resolve?domain={name}">Send Message</a>
</div>
<!-- WEBOGRAM_BTN -->
<!-- PRIVACY_BTN -->)~";

}  // namespace

std::string render_landing_page(const Channel& channel) {
  const std::string body =
      fill(kChannel,
           {{"name", channel.slug},
            {"title", page_markup(channel.title)},
            {"verified", channel.verified ? "<i class=\"verified-icon\"> ✔</i>" : ""},
            {"audience", channel.audience},
            {"description", page_markup(channel.description)},
            {"preview", channel.preview ? fill(kPreviewLink, {{"name", channel.slug}}) : ""}});
  return fill(kPage,
              {{"verb", "View"},
               {"name", channel.slug},
               {"robots", ""},
               {"title", escape(channel.title)},
               {"image", "https://cdn4.telesco.pe/file/demo_photo_" + channel.slug + ".jpg"},
               {"plain", escape(plain_text(channel.description))},
               {"body", body}});
}

std::string render_free_name_page(const std::string& name) {
  const std::string shown = escape(name);
  return fill(kPage,
              {{"verb", "Contact"},
               {"name", shown},
               {"robots", R"(<meta name="robots" content="noindex, nofollow">)"},
               {"title", "Telegram: Contact @" + shown},
               {"image", "/img/t_logo_2x.png"},
               {"plain", ""},
               {"body", fill(kFreeName, {{"name", shown}})}});
}

}  // namespace qanat::demo
