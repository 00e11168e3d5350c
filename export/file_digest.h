#pragma once

#include <cstdint>
#include <string>

#include "base/error.h"

namespace qanat::exporting {

struct FileDigest {
  std::int64_t bytes = 0;
  std::string sha256;  ///< hex
};

/// Reads a file whole. Errors: storage, naming it.
[[nodiscard]] Result<FileDigest> digest_of_file(const std::string& path);

}  // namespace qanat::exporting
