#pragma once

#include <string_view>

#include "base/shown_channel.h"

namespace qanat::parser {

/// What the messages of a page tell of their channel, from their tags alone: also of a page that
/// parse_page() refuses. Pure, linear in the page's size, no error.
[[nodiscard]] ShownChannel find_shown_channel(std::string_view bytes);

}  // namespace qanat::parser
