// qanat-parquet-samples FOLDER: writes pairs of NAME.parquet and NAME.jsonl that hold the same
// rows, for the readers of tests/readers to hold against each other.
#include <fstream>
#include <iostream>
#include <string>

#include "export/field_table.h"
#include "export/parquet/file_writer.h"
#include "export/parquet/shredder.h"
#include "random_rows.h"
#include "support/samples.h"
#include "support/written_json.h"

using namespace qanat;
using exporting::Field;
using exporting::record_fields;
using exporting::parquet::Column;
using exporting::parquet::FileWriter;
using exporting::parquet::Leaf;
using exporting::parquet::leaves_of;
using exporting::parquet::Limits;
using exporting::parquet::Shredder;
using record::Json;

namespace {

/// So small that a few rows fill a page, and some pages a group.
constexpr Limits kSmall{.group_bytes = 40'000, .page_bytes = 1'000};

class Samples {
 public:
  explicit Samples(std::string folder) : folder_(std::move(folder)) {}

  void write(const std::string& name,
             const std::vector<Field>& fields,
             const std::vector<Json>& rows,
             const Limits& limits = {}) {
    const std::string path = folder_ + "/" + name;
    std::ofstream lines(path + ".jsonl");
    auto file = FileWriter::create(path + ".parquet", fields, limits);
    for (const Json& row : rows) {
      lines << record::dump_line(row) << '\n';
      file->write([&](record::JsonWriter& out) { test::write_json(out, row); }).value();
    }
    file->finish({{"qanat.schema", "qanat.post/1"}}, "qanat version 0").value();
  }

 private:
  std::string folder_;
};

std::vector<Json> random_rows(std::uint64_t seed, const std::vector<Field>& fields, int count) {
  test::Random random(seed);
  std::vector<Json> rows;
  for (int i = 0; i < count; ++i) rows.push_back(test::random_row(random, fields));
  return rows;
}

Json record_row() { return record::record_json(test::full_record()); }

/// Every nullable field of the record null once, the others there; and all of them null.
std::vector<Json> rows_with_nulls() {
  std::vector<Json> rows = {record_row()};
  Json none = record_row();
  for (const Field& field : record_fields()) {
    if (!field.nullable) continue;
    Json row = record_row();
    row[std::string(field.name)] = nullptr;
    none[std::string(field.name)] = nullptr;
    rows.push_back(std::move(row));
  }
  rows.push_back(std::move(none));
  return rows;
}

/// As many rows as fill one group exactly.
std::size_t rows_of_a_group(const Json& row) {
  std::vector<Column> columns;
  for (Leaf& leaf : leaves_of(record_fields())) columns.emplace_back(std::move(leaf));
  for (std::size_t rows = 1;; ++rows) {
    Shredder shredder(record_fields(), columns);
    test::write_json(shredder, row);
    std::size_t bytes = 0;
    for (const Column& column : columns) bytes += column.bytes();
    if (bytes >= kSmall.group_bytes) return rows;
  }
}

void write_record_samples(Samples& samples) {
  const Json row = record_row();
  const std::size_t group = rows_of_a_group(row);
  samples.write("record-0", record_fields(), {});
  samples.write("record-1", record_fields(), {row});
  samples.write("record-group-less-1", record_fields(), std::vector(group - 1, row), kSmall);
  samples.write("record-group", record_fields(), std::vector(group, row), kSmall);
  samples.write("record-group-and-1", record_fields(), std::vector(group + 1, row), kSmall);
  samples.write("record-nulls", record_fields(), rows_with_nulls());
  const std::vector<Json> random = random_rows(1, record_fields(), 500);
  samples.write("record-random", record_fields(), random);
  samples.write("record-random-small", record_fields(), random, kSmall);
}

void write_random_samples(Samples& samples) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    test::Random random(seed);
    const std::vector<Field> fields = test::random_fields(random);
    const std::string name = "random-" + std::to_string(seed);
    samples.write(name, fields, random_rows(seed, fields, 200), kSmall);
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: qanat-parquet-samples FOLDER\n";
    return 2;
  }
  Samples samples(arguments[1]);
  write_record_samples(samples);
  write_random_samples(samples);
  return 0;
}
