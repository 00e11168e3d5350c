#pragma once

#include <string_view>

#include "base/error.h"
#include "base/verdict.h"

namespace qanat::record {

/// read_verdict() without blocks and hits, which are most of its text: a fourth of the time.
/// Errors: those of read_verdict.
[[nodiscard]] Result<Verdict> read_decision(std::string_view text);

}  // namespace qanat::record
