#include "export/parquet.h"

#include "support/files.h"
#include "tests/store/pages.h"

using namespace qanat;
using namespace qanat::test;
using exporting::write_parquet;
using exporting::WrittenFile;

TEST_CASE("a Parquet file's metadata say the schema and what made its rows", "[parquet]") {
  const TemporaryFolder folder;
  store::Store store = new_store(folder.file("q.db"));
  must(store.keep_page(page("some_channel", {judged("some_channel", 1, "One")}), kMonday));

  const WrittenFile written = must(write_parquet(store, {}, folder.file("set.parquet"), "1.2.3"));

  const std::string bytes = read_file(folder.file("set.parquet"));
  CHECK(written.rows == 1);
  CHECK(bytes.contains("qanat version 1.2.3"));
  CHECK(bytes.contains("qanat.post/1"));
  CHECK(bytes.contains("sha256:abc"));
}

TEST_CASE("a Parquet file that cannot be written is named", "[parquet]") {
  const TemporaryFolder folder;
  store::Store store = new_store(folder.file("q.db"));

  const Error error = error_of(write_parquet(store, {}, folder.file("none/set.parquet"), "1"));

  CHECK(error.code == Errc::storage);
  CHECK(error.message.starts_with(folder.file("none/set.parquet")));
}
