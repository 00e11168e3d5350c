#pragma once

#include <optional>
#include <string>

#include "base/error.h"
#include "base/instant.h"

namespace qanat::app {

/// A moment or a date as typed behind `option`; nothing when `text` is empty.
/// Errors: usage, naming the option and what it may be.
Result<std::optional<Instant>> read_moment(const std::string& option, const std::string& text);

}  // namespace qanat::app
