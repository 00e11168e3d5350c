#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/post.h"
#include "export/line_reader.h"

namespace qanat::exporting {

/// A line that stands in an increment for a row which the full export has no longer, without its
/// end (docs/schema/tombstone.schema.json).
[[nodiscard]] std::string tombstone_line(const PostId& id);

/// A line that stands in an index for a row, without its end; `sha256`: of the row's JSON
/// (docs/schema/row_digest.schema.json).
[[nodiscard]] std::string digest_line(const PostId& id, const std::string& sha256);

/// A row of an earlier export.
struct EarlierRow {
  PostId id;
  std::string sha256;         ///< of its JSON
  bool is_tombstone = false;  ///< it is gone
};

/// A full export and its increments, the oldest first, as JSON Lines or as the index of files in
/// another format, read as what they are together: of the rows with one id the last file's, without
/// those that are gone, by channel and message id. Keeps one row a file in memory.
///
/// Errors of every call: those of LineReader; usage, naming file and line, when one is no row or
/// not in its order.
class EarlierRows {
 public:
  static Result<EarlierRows> open(const std::vector<std::string>& paths);

  /// Nothing behind the last one.
  [[nodiscard]] const std::optional<EarlierRow>& current() const { return current_; }
  Result<void> advance();

 private:
  struct File {
    std::string path;
    LineReader reader;
    std::int64_t line = 0;          ///< the number of the row's
    std::optional<EarlierRow> row;  ///< nothing at the end

    Result<void> advance();
    [[nodiscard]] Error error(const std::string& problem) const;
  };

  void take_first();
  /// Every file goes behind the current row.
  Result<void> leave_current();

  explicit EarlierRows(std::vector<File> files) : files_(std::move(files)) {}

  std::vector<File> files_;
  std::optional<EarlierRow> current_;
};

}  // namespace qanat::exporting
