#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/channel_name.h"
#include "base/instant.h"
#include "base/span.h"

namespace qanat {

/// The number in t.me/<channel>/<number>.
using MessageId = std::int64_t;

/// Who a post is. Hosts, media URLs and counters are never part of it.
struct PostId {
  ChannelName channel;
  MessageId message = 0;

  [[nodiscard]] std::string str() const { return channel.str() + "/" + std::to_string(message); }
  auto operator<=>(const PostId&) const = default;
};

/// A counter as the page shows it. "1.2K" is 1200 and lossy, so the text is kept beside it.
struct Count {
  std::optional<std::int64_t> value;  ///< nothing when the text could not be read
  std::string text;                   ///< as shown; empty when the page shows none

  bool operator==(const Count&) const = default;
};

enum class EntityKind {
  bold,
  italic,
  underline,
  strike,
  code,
  pre,
  spoiler,
  quote,
  collapsed_quote,
  link,
  mention,
  hashtag,
  cashtag,
  email,
  phone,
  bot_command,
  custom_emoji,
};

/// Formatting over a span of Post::text. Entities may nest; they are ordered by begin, then by
/// descending end.
struct Entity {
  EntityKind kind = EntityKind::bold;
  Span span;
  std::string value;  ///< link: the URL · pre: the language · custom_emoji: its id · else empty

  bool operator==(const Entity&) const = default;
};

/// A hyperlink of the text, in text order: mentions and e-mails included, hashtags not.
struct Link {
  std::string url;      ///< absolute, entities decoded
  std::string text;     ///< as shown
  bool masked = false;  ///< the shown text is not the address it leads to
  Span span;            ///< of `text` in Post::text

  bool operator==(const Link&) const = default;
};

enum class MediaType {
  photo,
  video,
  gif,
  round_video,
  voice,
  audio,
  document,
  sticker,
  location,
  venue,
  contact,
  invoice,
  game,
  unsupported,  ///< the page says that media is there but withholds it
};

struct Media {
  MediaType type = MediaType::photo;
  std::string url;            ///< expires within days and changes host: never an identity
  std::optional<int> width;   ///< pixels, as laid out by the page
  std::optional<int> height;  ///< pixels
  std::optional<int> duration_seconds;
  std::string title;  ///< file name, track, place or person
  std::string extra;  ///< file size, performer, address, phone, or price and description, as shown;
                      ///< of a sticker that moves "animated" (vector) or "video"

  bool operator==(const Media&) const = default;
};

struct PollOption {
  std::string text;
  std::optional<int> percent;

  bool operator==(const PollOption&) const = default;
};

struct Poll {
  std::string question;
  std::string type;         ///< as shown: "Anonymous Poll", "Anonymous Quiz", "Final Results"
  std::string voters_text;  ///< as shown: "1.2K"
  std::vector<PollOption> options;

  bool operator==(const Poll&) const = default;
};

struct LinkPreview {
  std::string url;
  std::string site_name;
  std::string title;
  std::string description;
  std::string image_url;

  bool operator==(const LinkPreview&) const = default;
};

struct Forward {
  std::string name;
  std::string url;     ///< empty for hidden users and private channels
  std::string author;  ///< who signed the original, if shown

  bool operator==(const Forward&) const = default;
};

struct Reply {
  std::optional<MessageId> post;  ///< of the same channel, when the link names one
  std::string url;                ///< of another channel's post too
  std::string text;               ///< the quoted excerpt: never part of the post's own text

  bool operator==(const Reply&) const = default;
};

/// An inline keyboard button with a link.
struct Button {
  std::string text;
  std::string url;

  bool operator==(const Button&) const = default;
};

struct Reaction {
  std::string emoji;            ///< empty for a custom emoji, whose glyph the page does not carry
  std::string custom_emoji_id;  ///< empty for a plain one
  bool paid = false;
  Count count;

  bool operator==(const Reaction&) const = default;
};

/// What a post is, decided by its first medium when it has one.
enum class PostKind {
  text,
  photo,
  video,
  gif,
  round_video,
  voice,
  audio,
  document,
  sticker,
  location,
  venue,
  contact,
  invoice,
  game,
  poll,
  service,   ///< "pinned", "photo updated": not the channel's own words
  withheld,  ///< the page says "Please open Telegram": there is a body, and we do not have it
};

/// What a post is whose first medium is of this type.
[[nodiscard]] PostKind post_kind_of(MediaType type);

/// What a service post tells of the channel. Nobody wrote it: the page's own sentence is its text.
enum class ServiceKind {
  created,
  name_changed,
  photo_updated,
  photo_removed,
  pinned,
  video_chat_scheduled,  ///< live streams too
  video_chat_started,
  video_chat_ended,
  auto_delete_changed,
  theme_changed,
  wallpaper_changed,
  giveaway_started,
  giveaway_results,
  boosted,
  gift,
  direct_messages_changed,
  other,  ///< a sentence that we do not know
};

/// One post as the page shows it. Plain values; the parser copies what it keeps.
struct Post {
  PostId id;
  std::string url;                      ///< https://t.me/<slug>/<number>, whatever the host was
  std::optional<Instant> published_at;  ///< nothing when the page's date was malformed
  bool edited = false;
  PostKind kind = PostKind::text;
  std::optional<ServiceKind> service;  ///< of service posts only
  std::string author;                  ///< the signature, if shown
  std::string via_bot;
  std::optional<Forward> forwarded_from;
  std::optional<Reply> reply_to;
  std::string text;  ///< valid UTF-8, lines end with '\n', no trailing white space
  std::vector<Entity> entities;
  std::vector<Link> links;
  std::vector<std::string> hashtags;  ///< with '#', as shown
  std::vector<std::string> mentions;  ///< with '@', as shown
  std::vector<Media> media;           ///< page order, album items included
  std::vector<MessageId> album;       ///< the ids that one album post covers; empty for others
  std::optional<Poll> poll;
  std::optional<LinkPreview> link_preview;
  std::vector<Button> buttons;
  std::vector<Reaction> reactions;
  Count views;

  bool operator==(const Post&) const = default;
};

/// SHA-256 (hex) over what an author can edit: text, formatting, links, media kinds and titles, the
/// poll's words, buttons, the reply's address, and a forward's address (its name only when it has
/// no address). What follows from these does not enter it (a service post's kind, a sticker's
/// format), nor do link previews, counters, poll results, the quote's wording, media URLs, hosts
/// and the edited mark: an unchanged post keeps its hash on every visit.
[[nodiscard]] std::string content_sha256(const Post& post);

}  // namespace qanat
