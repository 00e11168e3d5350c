#include "export/csv.h"

#include "support/files.h"
#include "support/samples.h"
#include "tests/store/pages.h"

using namespace qanat;
using namespace qanat::test;
using exporting::csv_header;
using exporting::csv_line;
using exporting::record_fields;
using exporting::write_csv;
using exporting::WrittenFile;
using record::Json;

namespace {

/// RFC 4180, read as it says: records of values; a value that was quoted begins with '"'.
std::vector<std::vector<std::string>> read_csv(const std::string& text) {
  std::vector<std::vector<std::string>> records;
  std::size_t at = 0;
  while (at < text.size()) {
    auto& record = records.emplace_back();
    for (bool more = true; more;) {
      std::string value;
      if (text.at(at) == '"') {
        value = "\"";
        for (++at;; ++at) {
          if (text.at(at) == '"' && text.at(++at) != '"') break;
          value += text[at];
        }
      } else {
        while (text.at(at) != ',' && text.at(at) != '\r') value += text[at++];
      }
      more = text.at(at) == ',';
      record.push_back(value);
      ++at;
    }
    REQUIRE(text.at(at++) == '\n');
  }
  return records;
}

}  // namespace

TEST_CASE("CSV quotes what would break a line apart, and doubles quotes", "[csv]") {
  CHECK(csv_line({{"a", "plain"}, {"b", "x,y"}, {"c", "say \"hi\""}, {"d", "two\nlines"}}) ==
        "plain,\"x,y\",\"say \"\"hi\"\"\",\"two\nlines\"\r\n");
}

TEST_CASE("CSV tells null from an empty text", "[csv]") {
  CHECK(csv_line({{"a", nullptr}, {"b", ""}, {"c", nullptr}}) == ",\"\",\r\n");
}

TEST_CASE("objects and lists stand in CSV as their JSON", "[csv]") {
  CHECK(csv_line({{"a", Json::array()}, {"b", true}, {"c", 0.25}, {"d", {{"k", Json{1, 2}}}}}) ==
        "[],true,0.25,\"{\"\"k\"\":[1,2]}\"\r\n");
}

TEST_CASE("a record's line of CSV has the table's columns, and each value is the JSON's", "[csv]") {
  const Json row = record::record_json(full_record());

  const auto records = read_csv(csv_header(record_fields()) + csv_line(row));

  REQUIRE(records.size() == 2);
  REQUIRE(records[0].size() == row.size());
  REQUIRE(records[1].size() == row.size());
  std::size_t column = 0;
  for (const auto& [key, value] : row.items()) {
    INFO(key);
    std::string got = records[1][column];
    if (got.starts_with('"')) got = got.substr(1);
    CHECK(records[0][column++] == key);
    if (value.is_null()) {
      CHECK(got.empty());
    } else {
      CHECK(got == (value.is_string() ? value.get<std::string>() : record::dump_line(value)));
    }
  }
}

TEST_CASE("a CSV file has a header also when no post fits", "[csv]") {
  const TemporaryFolder folder;
  store::Store store = new_store(folder.file("q.db"));
  must(store.keep_page(page("some_channel", {judged("some_channel", 1, "One")}), kMonday));

  const WrittenFile one = must(write_csv(store, {}, folder.file("one.csv")));
  const WrittenFile none =
      must(write_csv(store, {.stored = {.words = "two"}}, folder.file("none.csv")));

  CHECK(one.rows == 1);
  CHECK(read_csv(read_file(folder.file("one.csv"))).size() == 2);
  CHECK(none.rows == 0);
  CHECK(read_file(folder.file("none.csv")) == csv_header(record_fields()));
}
