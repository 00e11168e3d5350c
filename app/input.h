#pragma once

#include <cstddef>
#include <istream>
#include <string>
#include <vector>

#include "base/error.h"

namespace qanat::app {

/// The whole of a regular file, bytes as they are. A file over `max_bytes` is refused before it is
/// read. Errors: usage, naming the file: it is missing, a folder, unreadable or too big.
Result<std::string> read_file(const std::string& path, std::size_t max_bytes);

/// The same for an argument `FILE|-`, where "-" is `in`; reading stops at the cap.
Result<std::string> read_input(const std::string& path, std::istream& in, std::size_t max_bytes);

}  // namespace qanat::app
