#pragma once

#include <cstddef>
#include <fstream>
#include <istream>
#include <string>
#include <string_view>

#include "base/error.h"

namespace qanat::app {

/// What an input may have at most, and what to do about one that has more.
struct InputCap {
  std::size_t bytes = 0;
  std::string_view remedy;
  Errc code = Errc::usage;  ///< of an input over the cap
};

/// A file to read bytes from. Errors: usage, in the same words for every command: nothing is at
/// `path`, it is a folder, or it may not be read.
Result<std::ifstream> open_file(const std::string& path);

/// The whole of a regular file, bytes as they are. A file over the cap is refused before it is
/// read. Errors: those of open_file; `cap.code`, naming the file.
Result<std::string> read_file(const std::string& path, const InputCap& cap);

/// The same for an argument `FILE|-`, where "-" is `in`; reading stops at the cap.
Result<std::string> read_input(const std::string& path, std::istream& in, const InputCap& cap);

}  // namespace qanat::app
