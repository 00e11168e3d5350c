#pragma once

#include <string>
#include <vector>

#include "base/post.h"

namespace qanat::classifier {

/// A post of which only the text and, at best, the addresses of its links are known. The text stays
/// as it is, so offsets into it hold; it must be valid UTF-8.
///
/// Visible URLs, @handles and #tags become links, mentions and hashtags at their place. An address
/// of `links` that the text does not show is a masked link. The addresses come in the text's order,
/// so each is laid on the likeliest words ("по ссылке", "Read more", a line with a pointing emoji)
/// that keep this order; one for which no words remain gets an empty span and counts for the post
/// as a whole.
[[nodiscard]] Post post_from_text(const ChannelName& channel,
                                  MessageId id,
                                  std::string text,
                                  const std::vector<std::string>& links);

}  // namespace qanat::classifier
