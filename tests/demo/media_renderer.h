#pragma once

#include <string>

#include "demo/channel.h"

namespace qanat::demo {

/// The post's photos, videos, files: a single medium, or an album in its double wrapping.
[[nodiscard]] std::string render_media(const DemoPost& post, const std::string& post_url);

}  // namespace qanat::demo
