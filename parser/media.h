#pragma once

#include <string_view>

#include "base/post.h"
#include "parser/html_tree.h"
#include "parser/malformed.h"

namespace qanat::parser {

/// One reader for each medium of the page, named after the class of its outermost element. `slug`
/// completes relative links. An address that must be there and cannot be read is counted.
[[nodiscard]] Media read_photo(Node wrap, Malformed& malformed);
[[nodiscard]] Media read_service_photo(Node wrap, Malformed& malformed);
/// Video or GIF: a GIF has neither a play button nor a duration.
[[nodiscard]] Media read_video(Node player, Malformed& malformed);
[[nodiscard]] Media read_round_video(Node player, Malformed& malformed);
[[nodiscard]] Media read_voice(Node player, Malformed& malformed);
/// A file, or music when its icon says so.
[[nodiscard]] Media read_document(Node wrap);
/// Still, animated or video sticker.
[[nodiscard]] Media read_sticker(Node sticker, Malformed& malformed);
/// A point on the map, or a venue when it has a name.
[[nodiscard]] Media read_location(Node wrap, std::string_view slug, Malformed& malformed);
[[nodiscard]] Media read_contact(Node wrap, Malformed& malformed);
[[nodiscard]] Media read_invoice(Node invoice, Malformed& malformed);
[[nodiscard]] Media read_game(Node game, Malformed& malformed);

}  // namespace qanat::parser
