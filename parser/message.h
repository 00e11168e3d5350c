#pragma once

#include <optional>
#include <string>

#include "base/post.h"
#include "parser/html_tree.h"
#include "parser/known_markup.h"
#include "parser/malformed.h"

namespace qanat::parser {

/// What data-post="Some_Channel/519" says.
struct MessageAddress {
  std::string slug;  ///< the channel's canonical spelling
  PostId id;
};

/// Nothing when the message does not say which post it is.
[[nodiscard]] std::optional<MessageAddress> address_of(Node message);

/// The same for a post embedded alone. In 2018 only the links in it said which post it is.
[[nodiscard]] std::optional<MessageAddress> address_in_link(Node message);

/// Reads one message, from its .tgme_widget_message element. Fields that are there and cannot be
/// read stay empty and are counted in `malformed`; words that are in no field, in `unknown`.
[[nodiscard]] Post read_message(Node message,
                                const MessageAddress& address,
                                Malformed& malformed,
                                UnknownMarkup& unknown);

}  // namespace qanat::parser
