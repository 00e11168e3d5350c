#pragma once

#include <string_view>

#include "base/verdict.h"

namespace qanat::record {

/// The effect of a stored hit that names none: that of its list (`usual`), unless its note begins
/// as those of hits that are held back do. No row from before effects were stored names one; new
/// rows do where this would tell another, which keeps them short.
[[nodiscard]] HitEffect told_effect(HitEffect usual, std::string_view note);

}  // namespace qanat::record
