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

/// How many of the parts that every post is made of stand in a message.
struct MessageParts {
  int texts = 0;  ///< those inside another one are a part of that
  int footers = 0;
  bool unclosed = false;  ///< one that was read, of any kind, has no end tag

  /// Whether one may have been put into another, or was: `held` are those of the whole message.
  [[nodiscard]] bool lacks(const MessageParts& held) const {
    return unclosed || texts < held.texts || footers < held.footers;
  }
};

/// The parts that the message holds, wherever they stand in it; not those of its hidden branch.
[[nodiscard]] MessageParts parts_in(Node message);

/// Reads one message, from its .tgme_widget_message element. Fields that are there and cannot be
/// read stay empty and are counted in `malformed`; words that are in no field, in `unknown`. Counts
/// in `read` the parts that it read: fewer than there are when one stands inside another.
[[nodiscard]] Post read_message(Node message,
                                const MessageAddress& address,
                                MessageParts& read,
                                Malformed& malformed,
                                UnknownMarkup& unknown);

}  // namespace qanat::parser
