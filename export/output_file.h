#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/sha256.h"
#include "export/partial_file.h"

namespace qanat::exporting {

/// Where an export's bytes go. A file gets its name only in finish(), as PartialFile does it. "-"
/// is the standard output; a device or a pipe is written directly.
///
/// Errors of every call: storage, naming the path.
class OutputFile {
 public:
  static Result<OutputFile> open(const std::string& path);

  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  ~OutputFile();

  /// Appends; the bytes may stay in memory until finish().
  Result<void> write(std::string_view bytes);

  /// All bytes are on the disk, under the file's name, when it returns without error. The last
  /// call.
  Result<void> finish();

  /// The file that this one takes the place of; empty when it is a device or a pipe.
  [[nodiscard]] std::string target() const { return partial_ ? partial_->target() : ""; }
  /// As PartialFile has it; of a device or a pipe nothing.
  void outdates(std::string path) {
    if (partial_) partial_->outdates(std::move(path));
  }

  [[nodiscard]] std::int64_t size() const { return size_; }
  /// Hex, of all bytes. Once, after finish().
  [[nodiscard]] std::string sha256() { return hash_.hex(); }

 private:
  OutputFile(std::string path, std::optional<PartialFile> partial, int direct);

  Result<void> flush();
  [[nodiscard]] Error error(int code) const;

  std::string path_;
  std::optional<PartialFile> partial_;  ///< nothing when the bytes go straight to path_
  int direct_;                          ///< -1: not so, closed, or moved from
  std::string buffer_;
  Sha256 hash_;
  std::int64_t size_ = 0;
};

/// Opens, writes and finishes a file of one text.
Result<void> write_file(const std::string& path, std::string_view text);

}  // namespace qanat::exporting
