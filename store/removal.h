#pragma once

#include <cstdint>
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
  /// What the channel is, whatever it is called; nothing when no page has told it yet.
  std::optional<std::int64_t> numeric_id;

  /// "some_channel/1020", "some_channel".
  [[nodiscard]] std::string str() const {
    return post ? channel.str() + "/" + std::to_string(*post) : channel.str();
  }
  bool operator==(const RemovalTarget&) const = default;
};

/// What was taken out. The store remembers who it is alone, so that it does not come back.
struct Removal {
  RemovalTarget target;
  Instant removed_at;
  std::string reason;  ///< as the operator gave it; may be empty
};

/// What was taken out of one channel, under whatever name.
struct ChannelRemovals {
  struct Whole {
    ChannelName name;  ///< under which it was taken out
    Instant removed_at;
  };
  std::optional<Whole> whole;  ///< the channel itself
  std::set<MessageId> posts;

  [[nodiscard]] bool hold(MessageId post) const { return whole || posts.contains(post); }
};

}  // namespace qanat::store
