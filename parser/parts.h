#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/post.h"
#include "parser/html_tree.h"
#include "parser/malformed.h"

namespace qanat::parser {

/// What stands around a post's own words, each from its outermost element.
[[nodiscard]] Poll read_poll(Node poll, Malformed& malformed);
[[nodiscard]] LinkPreview read_link_preview(Node preview,
                                            std::string_view slug,
                                            Malformed& malformed);
[[nodiscard]] Forward read_forward(Node forwarded_from,
                                   std::string_view slug,
                                   Malformed& malformed);
[[nodiscard]] Reply read_reply(Node reply, std::string_view slug, Malformed& malformed);
[[nodiscard]] Reaction read_reaction(Node reaction, Malformed& malformed);
/// Nothing for buttons that do not lead anywhere: they call a bot.
[[nodiscard]] std::optional<Button> read_button(Node button,
                                                std::string_view slug,
                                                Malformed& malformed);

}  // namespace qanat::parser
