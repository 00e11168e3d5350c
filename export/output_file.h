#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/sha256.h"

namespace qanat::exporting {

/// Where an export's bytes go. A file gets its name only in finish(): until then it is a .partial
/// of this process beside it, which the destructor takes away. "-" is the standard output; a device
/// or a pipe is written directly.
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

  [[nodiscard]] std::int64_t size() const { return size_; }
  /// Hex, of all bytes. Once, after finish().
  [[nodiscard]] std::string sha256() { return hash_.hex(); }

 private:
  OutputFile(std::string path, std::string partial, int descriptor);

  Result<void> flush();
  [[nodiscard]] Error error(int code) const;

  std::string path_;
  std::string partial_;  ///< empty when the bytes go straight to path_
  int descriptor_;       ///< -1: closed, or moved from
  std::string buffer_;
  Sha256 hash_;
  std::int64_t size_ = 0;
};

/// Opens, writes and finishes a file of one text.
Result<void> write_file(const std::string& path, std::string_view text);

}  // namespace qanat::exporting
