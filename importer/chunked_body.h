#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace qanat::importer {

/// Whether the body begins with a line that says a chunk's size.
[[nodiscard]] bool begins_with_chunk(std::string_view body);

/// A body that was sent in chunks, put together. Errors: usage: it is not in chunks, or damaged, or
/// ends before the chunk of size 0.
Result<std::string> joined_chunks(std::string_view body);

}  // namespace qanat::importer
