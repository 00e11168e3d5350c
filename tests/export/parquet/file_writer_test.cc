#include "export/parquet/file_writer.h"

#include <string>

#include "base/sha256.h"
#include "random_rows.h"
#include "support/files.h"
#include "support/samples.h"
#include "support/written_json.h"
#include "tests/store/pages.h"

using namespace qanat;
using namespace qanat::exporting;
using namespace qanat::test;
using parquet::FileWriter;
using parquet::Leaf;
using parquet::Limits;

namespace {

Result<void> write_row(FileWriter& file, const record::Json& row) {
  return file.write([&](record::JsonWriter& out) { write_json(out, row); });
}

WrittenFile write_random(const std::string& path, int count, const Limits& limits) {
  Random random(5);
  FileWriter file = must(FileWriter::create(path, record_fields(), limits));
  for (int i = 0; i < count; ++i) must(write_row(file, random_row(random, record_fields())));
  return must(file.finish({{"key", "value"}}, "qanat version 1"));
}

}  // namespace

TEST_CASE("a list is three levels, and each nullable or list on the way counts", "[parquet]") {
  const std::vector<Leaf> leaves = parquet::leaves_of(record_fields());

  const auto leaf = [&](const std::vector<std::string>& path) {
    for (const Leaf& one : leaves) {
      if (one.path == path) return one;
    }
    FAIL("no such column");
    return Leaf{};
  };
  CHECK(leaf({"text"}).most_defined == 0);
  CHECK(leaf({"views"}).most_defined == 1);
  CHECK(leaf({"reactions", "list", "element", "count"}) ==
        Leaf{.path = {"reactions", "list", "element", "count"},
             .type = FieldType::integer,
             .most_defined = 2,
             .most_repeated = 1});
  CHECK(leaf({"removed", "list", "element", "rules", "list", "element"}).most_repeated == 2);
  CHECK(leaf({"poll", "options", "list", "element", "percent"}).most_defined == 3);
}

TEST_CASE("the same rows and limits give the same Parquet bytes", "[parquet]") {
  const TemporaryFolder folder;
  const Limits small{.group_bytes = 50'000, .page_bytes = 1'000};

  const WrittenFile one = write_random(folder.file("one"), 300, small);
  const WrittenFile two = write_random(folder.file("two"), 300, small);

  CHECK(one == two);
  CHECK(one.rows == 300);
  const std::string bytes = read_file(folder.file("one"));
  CHECK(one.bytes == static_cast<std::int64_t>(bytes.size()));
  CHECK(one.sha256 == sha256_hex(bytes));
}

TEST_CASE("a Parquet file begins and ends with its mark, and says who wrote it", "[parquet]") {
  const TemporaryFolder folder;

  write_random(folder.file("set"), 0, {});

  const std::string bytes = read_file(folder.file("set"));
  CHECK(bytes.starts_with("PAR1"));
  CHECK(bytes.ends_with("PAR1"));
  CHECK(bytes.contains("qanat version 1"));
}

TEST_CASE("a row without one of its keys is a bug and is not written", "[parquet]") {
  const TemporaryFolder folder;
  FileWriter file = must(FileWriter::create(folder.file("set"), record_fields()));
  record::Json row = record::record_json(full_record());
  row.erase("lang");

  CHECK_THROWS_WITH(write_row(file, row), Catch::Contains("lang"));
}

TEST_CASE("a row with a key too many, or a value of another type, is a bug", "[parquet]") {
  const TemporaryFolder folder;
  const std::vector<Field> fields = {
      {.name = "a"}, {.name = "b", .type = FieldType::list, .fields = {{.name = "one"}}}};
  FileWriter file = must(FileWriter::create(folder.file("set"), fields));

  const auto refused = [&](const record::Json& row, const std::string& place) {
    CHECK_THROWS_WITH(write_row(file, row), Catch::Contains(place));
  };
  refused({{"a", "x"}, {"b", record::Json::array()}, {"c", 1}}, "c");
  refused({{"a", 1}, {"b", record::Json::array()}}, "a");
  refused({{"a", nullptr}, {"b", record::Json::array()}}, "a");
  refused({{"a", "x"}, {"b", "x"}}, "b");
}

TEST_CASE("text that is no UTF-8 is repaired", "[parquet]") {
  const TemporaryFolder folder;
  const std::vector<Field> fields = {{.name = "a"}};
  for (const char* text : {"bad\xFF", "bad\xEF\xBF\xBD"}) {
    FileWriter file = must(FileWriter::create(folder.file(text), fields));
    must(write_row(file, {{"a", text}}));
    must(file.finish({}, "qanat version 1"));
  }

  CHECK(read_file(folder.file("bad\xFF")) == read_file(folder.file("bad\xEF\xBF\xBD")));
}
