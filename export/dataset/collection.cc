#include "export/dataset/collection.h"

#include <algorithm>

#include "base/channel_name.h"

namespace qanat::exporting {

Result<Collection> collection_of(store::Store& store, const RowCounts& counts) {
  Collection out;
  const auto runs = store.runs(0);
  if (!runs) return fail(runs.error());
  for (const store::RunRow& run : *runs) {
    ++out.runs;
    out.runs_ignoring_robots += run.robots_ignored ? 1 : 0;
    out.first_run = std::min(out.first_run.value_or(run.started_at), run.started_at);
    out.last_run = std::max(out.last_run.value_or(run.started_at), run.started_at);
  }
  for (const auto& [name, posts] : counts.channels) {
    const auto gaps = store.gaps(ChannelName::parse(name).value());
    if (!gaps) return fail(gaps.error());
    for (const store::Gap& gap : *gaps) {
      out.gaps.push_back({.channel = name, .low = gap.low, .high = gap.high, .cause = gap.cause});
    }
  }
  return out;
}

}  // namespace qanat::exporting
