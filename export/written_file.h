#pragma once

#include <cstdint>
#include <string>

namespace qanat::exporting {

/// A file of an export.
struct WrittenFile {
  std::int64_t rows = 0;
  std::int64_t bytes = 0;
  std::int64_t raw_bytes = 0;  ///< before compression
  std::string sha256;          ///< hex, of the bytes

  bool operator==(const WrittenFile&) const = default;
};

}  // namespace qanat::exporting
