#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/channel_page.h"
#include "parser/html_tree.h"
#include "parser/malformed.h"

namespace qanat::parser {

/// What the head of a t.me/s page says about its channel. An answer to the page's script has no
/// head: its facts are empty.
[[nodiscard]] ChannelFacts read_channel_header(Node document, Malformed& malformed);

/// Where the walk goes on. Read from the "more" anchors, else from the <link>s in the head.
struct Cursors {
  std::optional<MessageId> before;
  std::optional<MessageId> after;
};
[[nodiscard]] Cursors read_cursors(std::span<const Node> more_anchors,
                                   Node document,
                                   Malformed& malformed);

/// The channel's number, from a message's data-view; nothing when there is none.
[[nodiscard]] std::optional<std::int64_t> numeric_channel_id(std::string_view data_view);

/// The address of the picture in a page's head; empty without one.
[[nodiscard]] std::string page_photo(Node head, Malformed& malformed);

/// The content of <meta property="…"> in the document's head; empty without one.
[[nodiscard]] std::string meta_content(Node document, std::string_view property);

}  // namespace qanat::parser
