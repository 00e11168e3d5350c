#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/post.h"
#include "parser/html_tree.h"
#include "parser/known_markup.h"
#include "parser/malformed.h"

namespace qanat::parser {

/// Text with what lies over it. Spans are bytes of `text`.
struct RichText {
  std::string text;
  std::vector<Entity> entities;
  std::vector<Link> links;
  std::vector<std::string> hashtags;
  std::vector<std::string> mentions;
  Malformed malformed;
  UnknownMarkup unknown;  ///< pictures and players: their words stay
};

/// Reads an element's text as a person sees it: lines end where <br> and blocks end them, emoji are
/// characters, no-break spaces stay, the ends are trimmed. `slug` completes relative links.
[[nodiscard]] RichText read_text(Node element, std::string_view slug);

/// The id of a <tg-emoji>; one that is no number is counted, and empty.
[[nodiscard]] std::string emoji_id(Node emoji, Malformed& malformed);

/// Only the text; empty when there is no element.
[[nodiscard]] std::string plain_text(Node element);

/// Puts `more` below `text`, with an empty line between them.
void append_below(RichText& text, RichText more);

}  // namespace qanat::parser
