#pragma once

#include <optional>
#include <string_view>

#include "base/post.h"

namespace qanat {

/// Reads "channel/number", as PostId::str() writes it; the channel as ChannelName::parse takes it,
/// so an address does too; a number of at most 2^53 - 1. Nothing when it is neither.
[[nodiscard]] std::optional<PostId> parse_post_id(std::string_view text);

}  // namespace qanat
