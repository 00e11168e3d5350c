#pragma once

#include <string>

#include "base/channel_name.h"
#include "classifier/channel_profile.h"

namespace qanat::classifier {

/// What recurs in a channel as a rule file for channels/<handle>.toml, ready for lint: for a person
/// to read, to correct and to put into a pack. Empty when nothing recurs.
[[nodiscard]] std::string profile_pack(const ChannelName& channel, const ChannelProfile& profile);

}  // namespace qanat::classifier
