#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/record.h"
#include "export/redact.h"
#include "store/past_records.h"
#include "store/store.h"

namespace qanat::exporting {

/// Which records an export has: those that meet the store's filter and every field that is set; and
/// what becomes of them on their way.
struct Selection {
  store::RecordFilter stored;
  /// The records are taken from here, as they were at its moment; null: as they are. Outlives this.
  store::PastRecords* past = nullptr;
  std::vector<std::string> langs;
  std::optional<std::int64_t> min_views;      ///< posts without a readable count do not meet it
  std::optional<std::int64_t> min_reactions;  ///< of all kinds together
  std::optional<std::int64_t> min_length;     ///< code points of the text as it is written
  std::optional<std::int64_t> max_length;
  bool representatives_only = false;  ///< of posts that say the same the one that names the cluster
  bool without_deleted = false;       ///< what its channel has deleted is left out
  /// Takes out what leads to a private person; null: records go as they are stored. Outlives this.
  Redactor* redactor = nullptr;
  std::string not_redacted_because;  ///< where there is none, when a person said why
  /// The rows are only looked at: nothing counts as taken out of them, and they come redacted only
  /// where their length is asked for.
  bool only_looked_at = false;
  /// Called with the number of records that were taken so far, in each pass over them; may be
  /// empty.
  std::function<void(std::size_t records)> watch;
};

/// Whether a record that meets the store's filter meets the rest but the bounds of its length.
[[nodiscard]] bool wants(const Selection& selection, const Record& record);

[[nodiscard]] bool has_length_bounds(const Selection& selection);
/// Whether the text, as it is written, is within them.
[[nodiscard]] bool has_wanted_length(const Selection& selection, std::string_view text);

}  // namespace qanat::exporting
