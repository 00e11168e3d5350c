#include <string>
#include <string_view>

#include "base/names.h"
#include "base/post.h"
#include "base/sha256.h"

namespace qanat {
namespace {

/// Feeds fields with their lengths, so that no two different posts give the same bytes.
class FieldHash {
 public:
  FieldHash& text(std::string_view value) {
    number(value.size());
    hash_.update(value);
    return *this;
  }
  FieldHash& number(std::size_t value) {
    hash_.update(std::to_string(value)).update(":");
    return *this;
  }
  FieldHash& span(Span value) { return number(value.begin).number(value.end); }
  std::string hex() { return hash_.hex(); }

 private:
  Sha256 hash_;
};

void add_text(FieldHash& hash, const Post& post) {
  hash.text(post.text).number(post.entities.size());
  for (const Entity& entity : post.entities) {
    hash.text(name_of(entity.kind)).span(entity.span).text(entity.value);
  }
  hash.number(post.links.size());
  for (const Link& link : post.links) hash.text(link.url).span(link.span);
}

void add_media(FieldHash& hash, const Post& post) {
  hash.number(post.media.size());
  for (const Media& media : post.media) {
    // A sticker's extra is its format: posts stored before it was read keep their hash.
    const bool is_sticker = media.type == MediaType::sticker;
    hash.text(name_of(media.type)).text(media.title).text(is_sticker ? "" : media.extra);
  }
  hash.number(post.album.size());
  for (const MessageId id : post.album) hash.text(std::to_string(id));
}

void add_poll(FieldHash& hash, const Post& post) {
  hash.number(post.poll ? 1 : 0);
  if (!post.poll) return;
  hash.text(post.poll->question).number(post.poll->options.size());
  for (const PollOption& option : post.poll->options) hash.text(option.text);
}

void add_surroundings(FieldHash& hash, const Post& post) {
  hash.number(post.forwarded_from ? 1 : 0);
  if (post.forwarded_from) {
    // A source that is renamed is the same source.
    const Forward& source = *post.forwarded_from;
    hash.text(source.url).text(source.url.empty() ? source.name : "");
  }
  hash.number(post.reply_to ? 1 : 0);
  if (post.reply_to) hash.text(post.reply_to->url);
  hash.number(post.buttons.size());
  for (const Button& button : post.buttons) hash.text(button.text).text(button.url);
}

}  // namespace

std::string content_sha256(const Post& post) {
  FieldHash hash;
  hash.text(name_of(post.kind)).text(post.author).text(post.via_bot);
  add_text(hash, post);
  add_media(hash, post);
  add_poll(hash, post);
  add_surroundings(hash, post);
  return hash.hex();
}

}  // namespace qanat
