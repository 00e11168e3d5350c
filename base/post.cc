#include "base/post.h"

namespace qanat {

PostKind post_kind_of(MediaType type) {
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

}  // namespace qanat
