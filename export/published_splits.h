#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/instant.h"
#include "base/post.h"
#include "export/line_reader.h"
#include "export/split.h"
#include "export/text_file.h"
#include "export/written_file.h"

namespace qanat::exporting {

/// Lies beside the data of an exported folder: CSV, each id that the set has or had, and its part.
inline constexpr const char* kSplitsName = "splits.csv.gz";

struct PublishedSplit {
  PostId id;
  std::string part;
};

/// How an exported folder was split.
struct PublishedPlan {
  SplitPlan plan;
  std::vector<Instant> cuts;  ///< by time: the first moment of each part but the first
};

/// Reads a folder's manifest, and holds its list of splits against it. Errors: usage, when it has
/// none, was changed, names no splits, or they are others by now; storage when they cannot be read.
Result<PublishedPlan> read_published_plan(const std::string& folder);

/// The ids of an exported folder with their parts, by channel and message id. Keeps one in memory.
///
/// Errors of every call: those of LineReader; usage, naming file and line, when one is no split or
/// not in its order.
class PublishedSplits {
 public:
  static Result<PublishedSplits> open(const std::string& folder);

  /// Nothing behind the last one.
  [[nodiscard]] const std::optional<PublishedSplit>& current() const { return current_; }
  Result<void> advance();

 private:
  PublishedSplits(std::string path, LineReader reader)
      : path_(std::move(path)), reader_(std::move(reader)) {}

  std::string path_;
  LineReader reader_;
  std::int64_t line_ = 1;  ///< the header's
  std::optional<PublishedSplit> current_;
};

/// Writes the ids of a new export with their parts, and those of the earlier one that the new one
/// lacks with theirs, so that they find their part again when they come back.
///
/// Errors of every call: those of TextFile and PublishedSplits.
class SplitsFile {
 public:
  /// `earlier`: an exported folder; empty: none.
  static Result<SplitsFile> create(const std::string& path, const std::string& earlier);

  /// Ids come by channel, then message id.
  Result<void> write(const PostId& id, const std::string& part);
  /// The last call.
  Result<WrittenFile> finish();

 private:
  SplitsFile(TextFile file, std::optional<PublishedSplits> earlier)
      : file_(std::move(file)), earlier_(std::move(earlier)) {}

  Result<void> write_line(const PostId& id, const std::string& part);
  /// The earlier ones before `id`; all of them without.
  Result<void> write_earlier(const PostId* id);

  TextFile file_;
  std::optional<PublishedSplits> earlier_;
};

}  // namespace qanat::exporting
