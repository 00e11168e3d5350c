#include "export/changes.h"

#include <utility>

#include "base/sha256.h"
#include "export/earlier_rows.h"
#include "export/rows.h"
#include "record/json.h"

namespace qanat::exporting {
namespace {

/// The store's rows beside the earlier ones, both in their order.
class Comparison {
 public:
  Comparison(EarlierRows earlier, const OnChange& told)
      : earlier_(std::move(earlier)), told_(told) {}

  /// Gives whether it was told.
  Result<bool> add(const Record& record) {
    const auto& row = earlier_.current();
    while (row && row->id < record.post.id) {
      if (auto buried = bury(); !buried) return fail(buried.error());
    }
    const std::string line = record::record_line(record);
    if (row && row->id == record.post.id) {
      const bool is_same = row->sha256 == sha256_hex(line);
      if (auto moved = earlier_.advance(); !moved) return fail(moved.error());
      if (is_same) return false;
    }
    if (auto told = told_.row(record, line); !told) return fail(told.error());
    return true;
  }

  Result<std::int64_t> finish() {
    while (earlier_.current()) {
      if (auto buried = bury(); !buried) return fail(buried.error());
    }
    return gone_;
  }

 private:
  /// Tells that the current earlier row is gone.
  Result<void> bury() {
    ++gone_;
    if (auto told = told_.gone(earlier_.current()->id); !told) return told;
    return earlier_.advance();
  }

  EarlierRows earlier_;
  const OnChange& told_;
  std::int64_t gone_ = 0;
};

}  // namespace

Result<std::int64_t> for_each_change(store::Store& store,
                                     const Selection& selection,
                                     const std::vector<std::string>& earlier,
                                     const OnChange& told) {
  auto rows = EarlierRows::open(earlier);
  if (!rows) return fail(rows.error());
  Comparison comparison(*std::move(rows), told);
  const auto read = for_each_row(store, selection, [&](const Record& record) -> Result<void> {
    const auto told_of = comparison.add(record);
    if (!told_of) return fail(told_of.error());
    if (!*told_of && selection.redactor != nullptr) selection.redactor->take_back();
    return {};
  });
  if (!read) return fail(read.error());
  return comparison.finish();
}

}  // namespace qanat::exporting
