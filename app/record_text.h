#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include "app/terminal.h"
#include "app/text_table.h"
#include "base/post.h"
#include "base/record.h"
#include "store/store.h"

/// Records for people.
namespace qanat::app {

/// A line a record: id, date, label, outcome, probability, the beginning of its text.
class RecordTable {
 public:
  RecordTable();
  void add(const Record& record);
  void print(std::ostream& out, const Terminal& terminal) const { table_.print(out, terminal); }

 private:
  TextTable table_;
};

/// One record: its facts, then the text with the removed parts marked.
void print_record(std::ostream& out, const Terminal& terminal, const Record& record);

/// "[-…-]" around each removed part, or its colour on a terminal that shows colours.
[[nodiscard]] std::string marked_text(const Terminal& terminal,
                                      std::string_view text,
                                      const std::vector<Removed>& removed);

/// Errors: usage, when the store does not have it; those of Store::find.
Result<Record> find_record(store::Store& store, const PostId& id);

}  // namespace qanat::app
