#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "base/instant.h"
#include "base/record.h"
#include "record/json.h"

namespace qanat::exporting {

/// What rows an export holds, in numbers.
struct RowCounts {
  std::int64_t rows = 0;
  std::map<std::string, std::int64_t> channels;
  std::map<std::string, std::int64_t> labels;
  std::map<std::string, std::int64_t> outcomes;
  std::map<std::string, std::int64_t> langs;
  std::int64_t imported = 0;  ///< rows of pages and messages that others fetched or saved
  std::optional<Instant> first_published;
  std::optional<Instant> last_published;

  void add(const Record& record);

  bool operator==(const RowCounts&) const = default;
};

[[nodiscard]] record::Json row_counts_json(const RowCounts& counts);

}  // namespace qanat::exporting
