#pragma once

#include <optional>
#include <string>

#include "base/post.h"
#include "parser/html_tree.h"
#include "parser/media.h"

namespace qanat::parser {

/// What data-post="Some_Channel/519" says.
struct MessageAddress {
  std::string slug;  ///< the channel's canonical spelling
  PostId id;
};

/// Nothing when the message does not say which post it is.
[[nodiscard]] std::optional<MessageAddress> address_of(Node message);

/// Reads one message, from its .tgme_widget_message element. Fields that are there and cannot be
/// read stay empty and are counted in `malformed`.
[[nodiscard]] Post read_message(Node message, const MessageAddress& address, Malformed& malformed);

}  // namespace qanat::parser
