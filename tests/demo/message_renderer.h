#pragma once

#include <string>

#include "demo/channel.h"

namespace qanat::demo {

/// One post in its wrap, as it stands in a channel page's history.
[[nodiscard]] std::string render_message(const Channel& channel, const DemoPost& post);

/// Address of a channel's picture.
[[nodiscard]] std::string photo_of(const std::string& slug);

}  // namespace qanat::demo
