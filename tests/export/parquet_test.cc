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

TEST_CASE("a Parquet file says whether personal data was taken out, and why not", "[parquet]") {
  const TemporaryFolder folder;
  store::Store store = new_store(folder.file("q.db"));
  exporting::Redactor redactor({});

  (void)must(write_parquet(store, {.redactor = &redactor}, folder.file("usual.parquet"), "1"));
  (void)must(write_parquet(store,
                           {.not_redacted_because = "own channel, all agreed"},
                           folder.file("whole.parquet"),
                           "1"));

  const std::string usual = read_file(folder.file("usual.parquet"));
  CHECK(usual.contains("qanat.redacted"));
  CHECK_FALSE(usual.contains("qanat.not_redacted_because"));
  CHECK(read_file(folder.file("whole.parquet")).contains("own channel, all agreed"));
}
