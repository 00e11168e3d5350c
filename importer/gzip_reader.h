#pragma once

#include <istream>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"

namespace qanat::importer {

/// The bytes of a stream, unpacked when they are gzip (any number of members, as in .warc.gz).
class GzipReader {
 public:
  /// `in` outlives the object.
  explicit GzipReader(std::istream& in);
  ~GzipReader();
  GzipReader(const GzipReader&) = delete;
  GzipReader& operator=(const GzipReader&) = delete;

  /// The next line without its line end (LF or CRLF), at most `longest` bytes; the last one may
  /// lack it. False at the end. Errors: usage: damaged gzip, a longer line.
  Result<bool> line(std::string& out, std::size_t longest);

  /// Exactly `size` bytes. Errors: usage: damaged gzip, or they end before.
  Result<std::string> bytes(std::size_t size);

  /// Leaves out exactly `size` bytes. Errors: as bytes().
  Result<void> skip(std::size_t size);

 private:
  struct State;
  Result<bool> fill();

  std::unique_ptr<State> state_;
};

/// What gzip, zlib or bare deflate packed. Errors: usage: damaged, or over `longest` bytes.
Result<std::string> unpacked(std::string_view packed, std::size_t longest);

}  // namespace qanat::importer
