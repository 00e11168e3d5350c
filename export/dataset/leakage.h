#pragma once

#include <cstdint>

#include "base/error.h"
#include "export/placement.h"
#include "export/selection.h"
#include "store/store.h"

namespace qanat::exporting {

/// How many posts outside of the first part have a near-duplicate (an equal cluster) in it. Reads
/// the records of `selection` twice. Errors: those of Placement and Store::for_each.
Result<std::int64_t> count_leaked(store::Store& store,
                                  const Selection& selection,
                                  const Placement& placement);

}  // namespace qanat::exporting
