#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "base/error.h"

namespace qanat::exporting {

/// Where a text file's bytes come from.
class ByteSource {
 public:
  ByteSource() = default;
  virtual ~ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;

  /// Appends more bytes to `out`; false at the end. Errors: usage: damaged, or cut; storage.
  virtual Result<bool> more(std::string& out) = 0;
};

/// A file of lines, as TextFile writes it: unpacked when its name ends in .zst or .gz.
///
/// Errors of every call: usage, naming the file: it cannot be opened, is damaged or cut.
class LineReader {
 public:
  static Result<LineReader> open(const std::string& path);

  /// The next line without its end; false behind the last one.
  Result<bool> next(std::string& line);

 private:
  LineReader(std::string path, std::unique_ptr<ByteSource> source)
      : path_(std::move(path)), source_(std::move(source)) {}

  std::string path_;
  std::unique_ptr<ByteSource> source_;
  std::string ready_;
  std::size_t at_ = 0;  ///< of what is ready, the first byte that was not given yet
};

/// Plain files too. Errors: usage.
[[nodiscard]] Result<std::unique_ptr<ByteSource>> gzip_source(const std::string& path);
/// Errors: usage.
[[nodiscard]] Result<std::unique_ptr<ByteSource>> zstd_source(const std::string& path);

}  // namespace qanat::exporting
