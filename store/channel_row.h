#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/channel_name.h"
#include "base/instant.h"
#include "base/post.h"

namespace qanat::store {

/// What we know of a seed's public preview.
enum class ChannelState {
  fresh,  ///< never visited
  live,
  slow,        ///< live, and posts so seldom that it is visited at the longest interval
  no_preview,  ///< the name exists, its preview is off; or it is a group, a user, a bot
  restricted,  ///< a channel whose preview was there and went away
  blocked,     ///< the latest visits were all refused
  gone,        ///< nobody owns the name
  taken,       ///< the name leads to another channel now
  renamed,     ///< the name leads to a channel that is stored under another one
  redacted,    ///< the name leads to a channel that was removed for good
};

/// "fresh", "live", "slow", "no_preview", "restricted", "blocked", "gone", "taken",
/// "renamed", "redacted".
[[nodiscard]] std::string_view name_of(ChannelState state);
/// The names of all states, in their order.
[[nodiscard]] std::span<const std::string_view> channel_state_names();

/// When a channel is due that nobody visits again but at a person's word: in the year 9999.
inline constexpr Instant kNeverDue{std::chrono::seconds{253'402'300'799}};

struct ChannelRow {
  ChannelName name;
  ChannelState state = ChannelState::fresh;
  Instant state_since;  ///< when it was first found in this state
  std::string title;
  std::string username;  ///< as its page shows it: renamed, or one of several names
  std::optional<std::int64_t> numeric_id;  ///< what the channel is, whatever it is called
  std::string subscribers;                 ///< as shown
  Instant added_at;
  std::optional<Instant> last_visit_at;
  std::optional<Instant> last_success_at;  ///< of a visit, one to a landing page included
  std::string last_error;                  ///< in words; empty after a success
  int failures = 0;                        ///< visits in a row that failed
  std::optional<double> posts_per_day;     ///< as its newest page shows; nothing before a visit
  std::optional<Instant> next_due_at;      ///< nothing: due now; or kNeverDue
  std::optional<MessageId> settled;        ///< newest post of the last finished walk
  std::int64_t posts = 0;                  ///< stored
};

/// Ids [low, high] of a channel that no walk has read.
struct Gap {
  MessageId low = 0;
  MessageId high = 0;
  std::string cause;  ///< "page budget", "no progress"
};

}  // namespace qanat::store
