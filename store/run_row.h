#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/channel_name.h"
#include "base/instant.h"
#include "store/channel_row.h"

namespace qanat::store {

/// Totals of one run, as stored and reported.
struct RunTotals {
  int planned = 0;    ///< visits; = fetched + unchanged + failed + deferred
  int fetched = 0;    ///< brought something new
  int unchanged = 0;  ///< brought nothing new
  int failed = 0;
  int deferred = 0;  ///< due, and left for another run
  int pages = 0;
  int requests = 0;
  int fresh = 0;  ///< posts, as in PageCounts
  int edited = 0;
  int deleted = 0;
  int restored = 0;
  int gaps = 0;

  bool operator==(const RunTotals&) const = default;
};

struct RunRow {
  std::int64_t id = 0;
  Instant started_at;
  std::optional<Instant> ended_at;  ///< nothing: it is under way, or was killed
  bool degraded = false;
  bool robots_ignored = false;  ///< the hosts' robots.txt was not kept to, as configured
  RunTotals totals;
};

/// What did not go well in a run.
struct RunTroubles {
  struct Failure {
    ChannelName channel;
    Instant at;
    std::string cause;
    std::string error;
  };
  /// A channel that the run found without posts to show, and that is so still.
  struct Loss {
    ChannelName channel;
    ChannelState state = ChannelState::gone;
    Instant at;
  };
  struct Unread {
    ChannelName channel;
    Gap gap;
  };
  std::vector<Failure> failures;                 ///< in the order of the visits
  std::map<std::string, std::int64_t> failed;    ///< cause → visits
  std::map<std::string, std::int64_t> deferred;  ///< cause → visits
  std::vector<Loss> losses;                      ///< in their order
  std::vector<Unread> unread;                    ///< gaps that it left and that are left still
};

}  // namespace qanat::store
