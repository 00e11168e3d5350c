#pragma once

#include <optional>
#include <string_view>

#include "base/post.h"

namespace qanat {

/// Reads "channel/number", as PostId::str() writes it; the channel as ChannelName::parse takes it,
/// so an address does too. Nothing when it is neither.
[[nodiscard]] std::optional<PostId> parse_post_id(std::string_view text);

}  // namespace qanat
