#pragma once

#include <optional>
#include <set>
#include <string>

#include "base/channel_name.h"
#include "base/instant.h"
#include "base/post.h"

namespace qanat::store {

/// What is to be taken out of a store for good, whether it is in it or not.
struct RemovalTarget {
  ChannelName channel;
  std::optional<MessageId> post;  ///< nothing: the channel, with all of its posts

  /// "some_channel/1020", "some_channel".
  [[nodiscard]] std::string str() const {
    return post ? channel.str() + "/" + std::to_string(*post) : channel.str();
  }
  bool operator==(const RemovalTarget&) const = default;
};

/// What was taken out. The store remembers the name alone, so that it does not come back.
struct Removal {
  RemovalTarget target;
  Instant removed_at;
  std::string reason;  ///< as the operator gave it; may be empty
};

/// What was taken out of one channel.
struct ChannelRemovals {
  std::optional<Instant> whole;  ///< the channel itself, then
  std::set<MessageId> posts;
};

}  // namespace qanat::store
