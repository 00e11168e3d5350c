#include "export/increment.h"

#include <utility>

#include "export/earlier_rows.h"
#include "export/rows.h"
#include "export/text_file.h"
#include "record/json.h"

namespace qanat::exporting {
namespace {

std::string tombstone(const PostId& id) {
  return record::dump_line({{"schema", kTombstoneSchema},
                            {"id", id.str()},
                            {"channel", id.channel.str()},
                            {"post", id.message}});
}

/// One increment, on its way: the store's rows beside the earlier ones, both in their order.
class IncrementWriting {
 public:
  IncrementWriting(EarlierRows earlier, TextFile file)
      : earlier_(std::move(earlier)), file_(std::move(file)) {}

  Result<void> add(const Record& record) {
    const auto& row = earlier_.current();
    while (row && row->id < record.post.id) {
      if (auto buried = bury(); !buried) return buried;
    }
    const std::string line = record::dump_line(record::record_json(record));
    if (row && row->id == record.post.id) {
      const bool is_same = row->line == line;
      if (auto moved = earlier_.advance(); !moved || is_same) return moved;
    }
    return file_.write_row(line + '\n');
  }

  Result<Increment> finish() {
    while (earlier_.current()) {
      if (auto buried = bury(); !buried) return fail(buried.error());
    }
    auto written = file_.finish();
    if (!written) return fail(written.error());
    increment_.file = *std::move(written);
    return increment_;
  }

 private:
  /// Tells that the current earlier row is gone.
  Result<void> bury() {
    ++increment_.gone;
    if (auto told = file_.write(tombstone(earlier_.current()->id) + '\n'); !told) return told;
    return earlier_.advance();
  }

  EarlierRows earlier_;
  TextFile file_;
  Increment increment_;
};

}  // namespace

Result<Increment> write_increment(store::Store& store,
                                  const Selection& selection,
                                  const std::vector<std::string>& earlier,
                                  const std::string& path) {
  auto rows = EarlierRows::open(earlier);
  if (!rows) return fail(rows.error());
  auto file = TextFile::open(path);
  if (!file) return fail(file.error());
  IncrementWriting writing(*std::move(rows), *std::move(file));
  const auto written =
      for_each_row(store, selection, [&](const Record& record) { return writing.add(record); });
  if (!written) return fail(written.error());
  return writing.finish();
}

}  // namespace qanat::exporting
