#pragma once

#include <functional>

#include "base/error.h"
#include "base/record.h"
#include "export/selection.h"
#include "store/store.h"

namespace qanat::exporting {

using TakeRow = std::function<Result<void>(const Record&)>;

/// Calls `take` for each record of the selection, in the order that its filter asks for, redacted
/// if it says so. Stops at the first error of `take`. Errors: that one; those of Store::for_each.
Result<void> for_each_wanted(store::Store& store, const Selection& selection, const TakeRow& take);

/// As for_each_wanted, but by channel, then message id, whatever order the filter asks for: the
/// same store gives the same rows.
Result<void> for_each_row(store::Store& store, const Selection& selection, const TakeRow& take);

}  // namespace qanat::exporting
