#pragma once

#include "base/verdict.h"

namespace qanat::record {

/// Whether the hit counted nothing, as its note says: its rule's own `none` or `when`, a channel's
/// override or a composite that absorbed it held it back.
[[nodiscard]] bool is_held_back(const RuleHit& hit);

}  // namespace qanat::record
