#include "demo/message_renderer.h"

#include "demo/text_markup.h"
#include "markup/html.h"
#include "markup/message.h"
#include "markup/words.h"

namespace qanat::demo {
namespace {

using markup::fill;

std::string url_of(const Channel& channel, MessageId id) {
  return "https://t.me/" + channel.slug + "/" + std::to_string(id);
}

/// Markup of the notice that a service post is.
std::string notice(const Channel& channel, const DemoPost& post) {
  const std::string title = markup::plain_words(channel.title);
  switch (post.service) {
    case Service::created: return "Channel created";
    case Service::photo: return "Channel photo updated";
    case Service::renamed:
      return "Channel name was changed to «<span class=\"tgme_widget_service_strong_text\" "
             "dir=\"auto\">" +
             title + "</span>»";
    default:
      return fill(
          R"~(<a class="tgme_widget_message_author_name" href="https://t.me/{slug}"><span dir="auto">{title}</span></a> pinned «{text}»)~",
          {{"slug", channel.slug}, {"title", title}, {"text", page_markup(post.text)}});
  }
}

/// The medium with the size that pages give to what has none.
Media shown_medium(const Medium& medium) {
  Media media = medium.media;
  if (!media.width) media.width = media.type == MediaType::sticker ? 256 : 800;
  if (!media.height) media.height = 450;
  if (media.type == MediaType::location)
    media.url =
        fill("https://maps.google.com/maps?q={place}&ll={place}&z=16", {{"place", media.extra}});
  if (media.type == MediaType::sticker) media.height.reset();
  return media;
}

std::vector<MessageId> album_of(const DemoPost& post) {
  std::vector<MessageId> ids;
  for (int i = 0; post.messages() > 1 && i < post.messages(); ++i) ids.push_back(post.id + i);
  return ids;
}

void add_media(const Channel& channel, const DemoPost& post, Post& shown) {
  for (const Medium& medium : post.media) shown.media.push_back(shown_medium(medium));
  if (post.service == Service::photo)
    shown.media.push_back({.type = MediaType::photo, .url = photo_of(channel.slug)});
}

/// The post as its page shows it, but for its words.
Post shown_post(const Channel& channel, const DemoPost& post) {
  Post shown{.id = {.channel = ChannelName::parse(channel.slug).value(), .message = post.id},
             .url = url_of(channel, post.id),
             .published_at = post.date,
             .edited = post.edited,
             .author = post.author,
             .forwarded_from = post.forward,
             .reply_to = post.reply,
             .album = album_of(post),
             .poll = post.poll,
             .link_preview = post.preview,
             .buttons = post.buttons,
             .reactions = post.reactions,
             .views = {.value = {}, .text = post.views}};
  if (post.withheld) shown.kind = PostKind::withheld;
  if (post.service != Service::none) shown.kind = PostKind::service;
  if (shown.reply_to) {
    shown.reply_to->url = url_of(channel, post.reply->post.value_or(0));
    if (shown.reply_to->text.empty()) shown.reply_to->text = "Photo";
  }
  add_media(channel, post, shown);
  return shown;
}

}  // namespace

std::string render_message(const Channel& channel, const DemoPost& post) {
  const Post shown = shown_post(channel, post);
  markup::Shown with{.post = shown, .texts = {}, .thumbs = {}, .small_preview = post.small_preview};
  if (post.service != Service::none)
    with.texts.push_back(notice(channel, post));
  else if (!post.text.empty())
    with.texts.push_back(page_markup(post.text));
  for (const Medium& medium : post.media) with.thumbs.push_back(medium.thumb);
  return markup::message(
      {.slug = channel.slug, .title = channel.title, .id = channel.numeric_id}, with, {});
}

std::string photo_of(const std::string& slug) {
  return "https://cdn4.telesco.pe/file/demo_photo_" + slug + ".jpg";
}

}  // namespace qanat::demo
