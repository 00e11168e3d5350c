#pragma once

#include <vector>

#include "demo/channel.h"

namespace qanat::demo {

/// The demo's own channels, read once.
inline const std::vector<Channel>& default_channels() {
  static const std::vector<Channel> kLoaded = load_channels(default_channels_folder()).value();
  return kLoaded;
}

}  // namespace qanat::demo
