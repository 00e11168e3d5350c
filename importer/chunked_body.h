#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace qanat::importer {

/// A body that was sent in chunks, put together. Errors: usage: it is not in chunks, or cut.
Result<std::string> joined_chunks(std::string_view body);

}  // namespace qanat::importer
