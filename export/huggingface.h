#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/error.h"
#include "export/dataset/data_set.h"
#include "export/dataset/judging_figures.h"
#include "export/selection.h"
#include "export/split.h"
#include "store/store.h"

namespace qanat::exporting {

struct DataSetOptions {
  std::string folder;   ///< where it is to stand; must not be there, or be empty
  std::string title;    ///< empty: the folder's name
  std::string program;  ///< "qanat version 1.2.3"
  SplitPlan plan;
  std::string splits_of;           ///< an earlier export, whose posts keep their parts; empty: none
  double requests_per_second = 0;  ///< at most, when fetching
  std::string contact;             ///< for those who want a post removed
  std::optional<JudgingFigures> judging;  ///< of the rules, if somebody measured
  /// Whether the archive has the bytes of a snapshot; empty: nobody looked.
  std::function<bool(const std::string& snapshot)> is_archived;
  std::int64_t file_bytes = std::int64_t{256} << 20U;  ///< a part's file ends when it has these
};

/// Writes the records of `selection` as a folder that can be uploaded to the Hugging Face
/// Hub as it is: data/<split>-00000-of-0000N.parquet, README.md (the card), croissant.json,
/// datapackage.json, schema.json, splits.csv.gz, REMOVALS.jsonl (what was taken out of the store
/// for good), and manifest.json with the SHA-256 of each. The same store, filter and options give
/// the same bytes. The folder appears under its name only when all of it is on the disk; until then
/// it is a .partial of this process beside it.
///
/// Errors: usage, when the folder is there already; storage; those of Placement and
/// Store::for_each.
Result<DataSet> write_huggingface(store::Store& store,
                                  const Selection& selection,
                                  const DataSetOptions& options);

}  // namespace qanat::exporting
