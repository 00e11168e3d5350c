#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/post.h"
#include "base/record.h"
#include "export/selection.h"
#include "store/store.h"

namespace qanat::exporting {

/// Told of what an export has otherwise than an earlier one.
struct OnChange {
  /// A row that is new or differs in any field; `line`: its JSON.
  std::function<Result<void>(const Record& record, const std::string& line)> row;
  /// A row that there is no longer.
  std::function<Result<void>(const PostId& id)> gone;
};

/// Compares what `selection` has with `earlier`, as EarlierRows reads them; by channel and message
/// id. Memory does not grow with either. Gives how many rows are gone.
///
/// Errors: those of EarlierRows, Store::for_each and the calls.
Result<std::int64_t> for_each_change(store::Store& store,
                                     const Selection& selection,
                                     const std::vector<std::string>& earlier,
                                     const OnChange& told);

}  // namespace qanat::exporting
