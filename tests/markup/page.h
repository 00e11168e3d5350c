#pragma once

#include <string>

#include "base/channel_page.h"
#include "markup/manner.h"

namespace qanat::markup {

/// What stands in a channel's page around its messages.
struct Frame {
  std::string slug;  ///< as data-post spells it
  const ChannelFacts& channel;
  std::string description;  ///< markup of channel.description
  std::optional<MessageId> before;
  std::optional<MessageId> after;
  std::string canonical;  ///< path of this very page
};

/// t.me/s/<channel> around the markup of its messages.
[[nodiscard]] std::string page(const Frame& frame,
                               const std::string& messages,
                               const Manner& manner);

/// The piece of a page that its script fetches: the messages and the links around them.
[[nodiscard]] std::string history(const Frame& frame, const std::string& messages);

}  // namespace qanat::markup
