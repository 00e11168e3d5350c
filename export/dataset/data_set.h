#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "export/dataset/collection.h"
#include "export/dataset/judging_figures.h"
#include "export/fingerprints.h"
#include "export/redact.h"
#include "export/row_counts.h"
#include "export/selection.h"
#include "export/split.h"
#include "export/written_file.h"

namespace qanat::exporting {

/// A file of a data set.
struct DataFile {
  std::string path;  ///< in the folder: "data/train-00000-of-00001.parquet"
  WrittenFile written;
};

/// A part with its files.
struct DataPart {
  std::string name;
  std::vector<DataFile> files;  ///< at least one

  [[nodiscard]] std::int64_t rows() const;
  [[nodiscard]] std::int64_t bytes() const;
  [[nodiscard]] std::int64_t raw_bytes() const;
};

/// A written data set, as its descriptions tell of it.
struct DataSet {
  std::string title;    ///< for people; also the folder's name
  std::string program;  ///< "qanat version 1.2.3"
  Selection selection;
  SplitPlan plan;
  std::vector<DataPart> parts;
  RowCounts counts;
  Fingerprints fingerprints;
  std::int64_t without_date = 0;  ///< posts left out, because a split by time cannot place them
  /// What was taken out; nothing when the rows stand as they are stored, for the reason below.
  std::optional<RedactionCounts> redacted;
  std::string not_redacted_because;
  std::int64_t leaked = 0;  ///< posts outside of the first part that also stand in it
  /// Rows whose snapshot the archive lacks; nothing when nobody looked.
  std::optional<std::int64_t> without_bytes;
  Collection collection;
  double requests_per_second = 0;         ///< as configured when it was written
  std::string contact;                    ///< for those who want a post removed; may be empty
  std::optional<JudgingFigures> judging;  ///< nothing when nobody gave any
  std::vector<Instant> cuts;              ///< by time: the first moment of each part but the first
  std::int64_t kept_places = 0;           ///< posts that have the part of the earlier export
  std::int64_t removals = 0;              ///< posts and channels that REMOVALS.jsonl names
  std::int64_t left_out_leaks = 0;  ///< new posts like ones that were published in several parts
};

}  // namespace qanat::exporting
