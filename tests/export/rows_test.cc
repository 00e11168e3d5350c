#include "export/rows.h"

#include "support/files.h"
#include "tests/store/pages.h"

using namespace qanat;
using namespace qanat::test;

TEST_CASE("who watches an export hears of every record that is wanted", "[rows]") {
  const TemporaryFolder folder;
  store::Store store = new_store(folder.file("q.db"));
  must(store.keep_page(page("some_channel",
                            {judged("some_channel", 1, "one"),
                             judged("some_channel", 2, "four"),
                             judged("some_channel", 3, "two")}),
                       kMonday));
  std::vector<std::size_t> heard;
  const exporting::Selection selection{.max_length = 3,
                                       .watch = [&](std::size_t rows) { heard.push_back(rows); }};

  must(exporting::for_each_row(store, selection, [](const Record&) -> Result<void> { return {}; }));

  CHECK(heard == std::vector<std::size_t>{1, 2});
}
