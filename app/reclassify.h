#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "app/labels.h"
#include "base/channel_name.h"
#include "base/error.h"
#include "base/instant.h"
#include "classifier/classifier.h"
#include "classifier/verdict_diff.h"
#include "store/store.h"

/// The stored posts under other rules.
namespace qanat::app {

/// Posts that change, shown at most.
inline constexpr std::size_t kMostFlips = 50;

struct ReclassifyPlan {
  std::vector<ChannelName> channels;  ///< none: all
  bool apply = false;                 ///< put the new verdicts in force
  Labels labels;                      ///< by "channel/message"
};

struct ReclassifyReport {
  std::size_t judged_before = 0;  ///< posts that these rules have judged so already: left out
  std::size_t kept = 0;           ///< verdicts put in force
  classifier::VerdictDiff diff;   ///< of the others
};

/// Calls `row` with each stored post of these channels; of all when there are none. Stops at the
/// first error.
Result<void> for_each_stored(store::Store& store,
                             const std::vector<ChannelName>& channels,
                             const std::function<Result<void>(const Record&)>& row);

/// Judges the stored posts by other rules, without those that these rules and the channel's profile
/// have judged already: of them nothing is read but under what they were. With `apply` it puts the
/// verdicts in force batch by batch, so that a run which is killed leaves each post with one
/// verdict or the other, and the next run does the rest. `progress` gets the number of posts so
/// far. Errors: those of the store.
Result<ReclassifyReport> reclassify(store::Store& store,
                                    const classifier::Classifier& judge,
                                    const ReclassifyPlan& plan,
                                    Instant now,
                                    const std::function<void(std::size_t)>& progress);

}  // namespace qanat::app
