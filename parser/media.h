#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/post.h"
#include "parser/html_tree.h"

namespace qanat::parser {

/// Field → how often it was there and could not be read.
using Malformed = std::map<std::string, int>;

/// One reader for each medium of the page, named after the class of its outermost element. `slug`
/// completes relative links.
[[nodiscard]] Media read_photo(Node wrap);
[[nodiscard]] Media read_service_photo(Node wrap);
/// Video or GIF: a GIF has neither a play button nor a duration.
[[nodiscard]] Media read_video(Node player, Malformed& malformed);
[[nodiscard]] Media read_round_video(Node player, Malformed& malformed);
[[nodiscard]] Media read_voice(Node player, Malformed& malformed);
/// A file, or music when its icon says so.
[[nodiscard]] Media read_document(Node wrap);
/// Still, animated or video sticker.
[[nodiscard]] Media read_sticker(Node sticker);
/// A point on the map, or a venue when it has a name.
[[nodiscard]] Media read_location(Node wrap, std::string_view slug);
[[nodiscard]] Media read_contact(Node wrap);
[[nodiscard]] Media read_invoice(Node invoice);
[[nodiscard]] Media read_game(Node game);

}  // namespace qanat::parser
