#include "generate/page_generator.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>
#include <utility>

#include "generate/words_generator.h"

namespace qanat::generate {
namespace {

using test::Random;

/// As pages write numbers: 82, 1.2K, 11.7K, 826K, 8.67M.
Count random_count(Random& random) {
  if (random.one_in(3)) {
    const int value = random.between(0, 999);
    return {.value = value, .text = std::to_string(value)};
  }
  const bool millions = random.one_in(3);
  const std::int64_t unit = millions ? 1'000'000 : 1'000;
  const int whole = random.between(1, 999);
  const std::size_t digits = random.below(3);  // behind the point
  const std::string fraction = std::to_string(100 + random.between(0, 99)).substr(1, digits);
  Count count{.value = whole * unit, .text = std::to_string(whole)};
  std::int64_t weight = unit;
  for (const char digit : fraction) {
    weight /= 10;
    *count.value += (digit - '0') * weight;
  }
  if (digits > 0) count.text += "." + fraction;
  count.text += millions ? "M" : "K";
  return count;
}

std::string random_file(Random& random, std::string_view type) {
  constexpr auto kHosts = std::to_array<std::string_view>(
      {"cdn4.telesco.pe", "cdn1.cdn-telegram.org", "cdn5.telegram-cdn.org"});
  std::string url = "https://";
  url.append(random.pick(kHosts)).append("/file/");
  for (std::size_t length = 4 + random.below(20); length > 0; --length)
    url += "abcdefGHIJKL0123456789-_"[random.below(24)];
  return url.append(type).append(random.one_in(3) ? "?token=a-B_c&part=1" : "");
}

// --- media ---

Media sized(Random& random, Media media) {
  media.width = random.between(20, 2000);
  media.height = random.between(20, 2000);
  return media;
}

std::optional<int> random_duration(Random& random) {
  return random.one_in(3) ? random.between(0, 20'000) : random.between(0, 200);
}

Media random_video(Random& random) {
  Media video = sized(random, {.type = MediaType::video, .url = random_file(random, ".mp4")});
  if (random.one_in(6)) video.url.clear();  // too big
  if (!random.one_in(10)) video.duration_seconds = random_duration(random);
  return video;
}

Media random_sticker(Random& random) {
  Media sticker{.type = MediaType::sticker, .url = random_file(random, ".webp")};
  if (random.one_in(3)) {
    sticker.extra = random.one_in(2) ? "animated" : "video";
    return sticker;
  }
  if (random.one_in(3)) sticker.width = random.between(20, 512);
  if (sticker.width && random.one_in(2)) sticker.height = random.between(20, 512);
  return sticker;
}

Media random_place(Random& random, MediaType type) {
  const std::string place = std::to_string(random.between(-90, 90)) + ".6173," +
                            std::to_string(random.between(-180, 180)) + ".25";
  Media media{.type = type,
              .url = "https://maps.google.com/maps?q=" + place + "&ll=" + place + "&z=16",
              .extra = place};
  if (type == MediaType::location) return media;
  media.title = random_line(random, 2);
  media.extra = random_line(random, 3);
  return media;
}

Media titled(Random& random, MediaType type) {
  return {.type = type, .title = random_line(random, 2), .extra = random_line(random, 2)};
}

Media random_medium(Random& random, MediaType type) {
  switch (type) {
    case MediaType::photo: return sized(random, {.type = type, .url = random_file(random, ".jpg")});
    case MediaType::video: return random_video(random);
    case MediaType::gif: return sized(random, {.type = type, .url = random_file(random, ".mp4")});
    case MediaType::round_video:
    case MediaType::voice:
      return {.type = type,
              .url = random_file(random, ".ogg"),
              .duration_seconds = random_duration(random)};
    case MediaType::sticker: return random_sticker(random);
    case MediaType::location:
    case MediaType::venue: return random_place(random, type);
    case MediaType::invoice:
    case MediaType::game: {
      Media media = titled(random, type);
      media.url = random_file(random, ".jpg");
      return media;
    }
    case MediaType::audio:
    case MediaType::document:
    case MediaType::contact: return titled(random, type);
    case MediaType::unsupported: break;
  }
  return {.type = type};
}

constexpr auto kSingle = std::to_array<MediaType>({
    MediaType::photo,
    MediaType::photo,
    MediaType::video,
    MediaType::gif,
    MediaType::round_video,
    MediaType::voice,
    MediaType::audio,
    MediaType::document,
    MediaType::sticker,
    MediaType::location,
    MediaType::venue,
    MediaType::contact,
    MediaType::invoice,
    MediaType::game,
});

/// Whether Telegram shows words below such a medium.
bool has_caption(MediaType type) {
  constexpr auto kWithout = std::to_array<MediaType>({MediaType::round_video,
                                                      MediaType::sticker,
                                                      MediaType::location,
                                                      MediaType::venue,
                                                      MediaType::contact});
  return std::ranges::find(kWithout, type) == kWithout.end();
}

void add_several(Random& random, Post& post, bool files) {
  constexpr auto kSeen = std::to_array<MediaType>({MediaType::photo, MediaType::video});
  constexpr auto kFiles = std::to_array<MediaType>({MediaType::document, MediaType::audio});
  const bool grouped = !files || random.one_in(2);
  const std::size_t count = 2 + random.below(files ? 3 : 9);
  MessageId id = post.id.message;
  for (std::size_t i = 0; i < count; ++i) {
    post.media.push_back(random_medium(random, random.pick(files ? kFiles : kSeen)));
    if (grouped) post.album.push_back(id);
    id += random.one_in(8) ? 2 : 1;  // an item that was deleted
  }
}

void add_media(Random& random, Post& post) {
  switch (random.below(10)) {
    case 0: return add_several(random, post, false);
    case 1: return add_several(random, post, true);
    case 2:
    case 3:
    case 4: return;
    default: post.media.push_back(random_medium(random, random.pick(kSingle)));
  }
}

PostKind kind_of(MediaType type) {
  switch (type) {
    case MediaType::photo: return PostKind::photo;
    case MediaType::video: return PostKind::video;
    case MediaType::gif: return PostKind::gif;
    case MediaType::round_video: return PostKind::round_video;
    case MediaType::voice: return PostKind::voice;
    case MediaType::audio: return PostKind::audio;
    case MediaType::document: return PostKind::document;
    case MediaType::sticker: return PostKind::sticker;
    case MediaType::location: return PostKind::location;
    case MediaType::venue: return PostKind::venue;
    case MediaType::contact: return PostKind::contact;
    case MediaType::invoice: return PostKind::invoice;
    case MediaType::game: return PostKind::game;
    case MediaType::unsupported: return PostKind::withheld;
  }
  return PostKind::text;
}

// --- what stands around the words ---

Poll random_poll(Random& random) {
  constexpr auto kTypes = std::to_array<std::string_view>(
      {"Anonymous Poll", "Anonymous Quiz", "Final Results", "Poll"});
  Poll poll{.question = random_line(random, 4),
            .type = std::string{random.pick(kTypes)},
            .voters_text = random.one_in(8) ? "" : random_count(random).text,
            .options = {}};
  const bool counted = !random.one_in(5);
  for (std::size_t i = 2 + random.below(9); i > 0; --i) {
    poll.options.push_back({.text = random_line(random, 2), .percent = {}});
    if (counted) poll.options.back().percent = random.between(0, 100);
  }
  return poll;
}

LinkPreview random_preview(Random& random) {
  LinkPreview preview{
      .url = random_url(random), .site_name = {}, .title = {}, .description = {}, .image_url = {}};
  if (!random.one_in(4)) preview.site_name = random_line(random, 1);
  if (!random.one_in(3)) preview.title = random_line(random, 3);
  if (!random.one_in(3)) preview.description = random_lines(random, 6);
  if (!random.one_in(3)) preview.image_url = random_file(random, ".jpg");
  return preview;
}

Forward random_forward(Random& random) {
  Forward forward{.name = random_line(random, 2), .url = {}, .author = {}};
  if (!random.one_in(3))
    forward.url =
        "https://t.me/" + random_username(random) + "/" + std::to_string(random.between(1, 99'999));
  if (random.one_in(4)) forward.author = random_line(random, 2);
  return forward;
}

Reply random_reply(Random& random, const Post& post) {
  const MessageId answered = random.between<MessageId>(1, post.id.message);
  return {.post = answered,
          .url = post.url.substr(0, post.url.rfind('/') + 1) + std::to_string(answered),
          .text = random.one_in(4) ? "Photo" : random_lines(random, 5)};
}

Reaction random_reaction(Random& random) {
  Reaction reaction{.emoji = {}, .custom_emoji_id = {}, .count = random_count(random)};
  switch (random.below(5)) {
    case 0: reaction.paid = true; break;
    case 1: reaction.custom_emoji_id = random_emoji_id(random); break;
    case 2:
      reaction.custom_emoji_id = random_emoji_id(random);
      reaction.emoji = random_emoji(random);
      break;
    default: reaction.emoji = random_emoji(random);
  }
  return reaction;
}

void take(FormattedText words, Post& post) {
  post.text = std::move(words.text);
  post.entities = std::move(words.entities);
  post.links = std::move(words.links);
  post.hashtags = std::move(words.hashtags);
  post.mentions = std::move(words.mentions);
}

// --- kinds of posts ---

/// Notices that Telegram writes by itself.
void make_service(Random& random, Post& post, const std::string& slug) {
  post.kind = PostKind::service;
  const std::string name = random_line(random, 2);
  switch (random.below(4)) {
    case 0:
      post.service = ServiceKind::created;
      post.text = "Channel created";
      break;
    case 1:
      post.service = ServiceKind::name_changed;
      post.text = "Channel name was changed to «" + name + "»";
      break;
    case 2:
      post.service = ServiceKind::photo_updated;
      post.text = "Channel photo updated";
      post.media.push_back({.type = MediaType::photo, .url = random_file(random, ".jpg")});
      break;
    default: {
      post.service = ServiceKind::pinned;
      const Span span{.begin = 0, .end = name.size()};
      const std::string url = "https://t.me/" + slug;
      post.text = name + " pinned «" + random_line(random, 6) + "…»";
      post.entities.push_back({.kind = EntityKind::link, .span = span, .value = url});
      post.links.push_back({.url = url, .text = name, .masked = false, .span = span});
    }
  }
}

void make_withheld(Random& random, Post& post) {
  post.kind = PostKind::withheld;
  if (random.one_in(2)) post.media.push_back({.type = MediaType::unsupported});
}

void make_ordinary(Random& random, Post& post) {
  add_media(random, post);
  if (post.media.empty() && random.one_in(6)) post.poll = random_poll(random);
  const bool may_speak = post.media.empty() || has_caption(post.media.front().type);
  const bool must_speak = post.media.empty() && !post.poll;
  if (must_speak || (may_speak && !random.one_in(3)))
    take(random_text(random, 1 + random.below(random.one_in(4) ? 120 : 25)), post);
  if (!post.media.empty())
    post.kind = kind_of(post.media.front().type);
  else if (post.poll)
    post.kind = PostKind::poll;
  if (random.one_in(20)) post.media.push_back({.type = MediaType::unsupported});
}

void add_surroundings(Random& random, Post& post) {
  if (random.one_in(5)) post.forwarded_from = random_forward(random);
  if (random.one_in(5)) post.reply_to = random_reply(random, post);
  if (random.one_in(10)) post.via_bot = "@" + random_username(random);
  if (random.one_in(4)) post.author = random_line(random, 2);
  post.edited = random.one_in(4);
  if (random.one_in(4)) post.link_preview = random_preview(random);
  for (std::size_t i = random.one_in(3) ? 1 + random.below(6) : 0; i > 0; --i)
    post.reactions.push_back(random_reaction(random));
  for (std::size_t i = random.one_in(5) ? 1 + random.below(4) : 0; i > 0; --i)
    post.buttons.push_back({.text = random_line(random, 2), .url = random_url(random)});
  if (!random.one_in(20)) post.views = random_count(random);
}

/// A moment of the years in which channels have existed.
Instant random_instant(Random& random) {
  constexpr std::int64_t kFirst = 1'442'800'000;  // September 2015
  constexpr std::int64_t kLast = 1'790'000'000;
  return Instant{std::chrono::seconds{random.between(kFirst, kLast)}};
}

ChannelFacts random_facts(Random& random, const std::string& slug) {
  constexpr auto kTypes =
      std::to_array<std::string_view>({"subscribers", "photos", "videos", "files", "links"});
  ChannelFacts facts{.title = random_line(random, 2),
                     .username = slug,
                     .description = random.one_in(4) ? "" : random_lines(random, 5),
                     .photo_url = random_file(random, ".jpg"),
                     .counters = {},
                     .verified = random.one_in(3),
                     .has_preview = true,
                     .numeric_id = random.between<std::int64_t>(1'000'000, 3'000'000'000)};
  for (const std::string_view type : kTypes)
    if (!random.one_in(4))
      facts.counters.push_back({.type = std::string{type}, .count = random_count(random)});
  return facts;
}

}  // namespace

Post random_post(Random& random, const std::string& slug, MessageId id) {
  Post post{.id = {.channel = ChannelName::parse(slug).value(), .message = id},
            .url = "https://t.me/" + slug + "/" + std::to_string(id)};
  if (!random.one_in(50)) post.published_at = random_instant(random);
  if (random.one_in(12)) {
    make_service(random, post, slug);
    return post;
  }
  if (random.one_in(20))
    make_withheld(random, post);
  else
    make_ordinary(random, post);
  add_surroundings(random, post);
  return post;
}

ChannelPage random_page(Random& random, int posts) {
  const std::string slug = random_username(random);
  ChannelPage page{.kind = PageKind::channel,
                   .channel = random_facts(random, slug),
                   .slug = slug,
                   .before = {},
                   .after = {},
                   .posts = {},
                   .complete = true,
                   .malformed = {},
                   .unknown_markup = {}};
  MessageId id = random.between<MessageId>(1, 100'000);
  if (random.one_in(2)) page.before = id;
  for (int i = 0; i < posts; ++i) {
    page.posts.push_back(random_post(random, slug, id));
    const Post& post = page.posts.back();
    if (!post.published_at) ++page.malformed["date"];
    id = (post.album.empty() ? id : post.album.back()) + random.between(1, 3);
  }
  if (random.one_in(3)) page.after = page.posts.back().id.message;
  return page;
}

}  // namespace qanat::generate
