#include "export/parquet/footer.h"

#include <cstddef>

#include "export/parquet/numbers.h"
#include "export/parquet/thrift.h"

namespace qanat::exporting::parquet {
namespace {

constexpr std::int32_t kFormatVersion = 1;

void write_statistics(ThriftWriter& out, int id, const Statistics& statistics) {
  out.begin_struct(id);
  out.i64(3, statistics.nulls);
  if (statistics.max) out.binary(5, statistics.max->value);
  if (statistics.min) out.binary(6, statistics.min->value);
  if (statistics.max) out.boolean(7, statistics.max->exact);
  if (statistics.min) out.boolean(8, statistics.min->exact);
  out.end_struct();
}

void write_encodings(ThriftWriter& out, int id, const Chunk& chunk) {
  out.begin_i32_list(id, chunk.dictionary_offset ? 3 : 2);
  out.element(kPlain);
  out.element(kRuns);
  if (chunk.dictionary_offset) out.element(kCodes);
}

void write_column(ThriftWriter& out, const Leaf& leaf, const Chunk& chunk) {
  out.begin_element();
  out.i64(2, 0);  // its metadata is here in the footer and nowhere else
  out.begin_struct(3);
  out.i32(1, static_cast<std::int32_t>(physical_type(leaf.type)));
  write_encodings(out, 2, chunk);
  out.begin_binary_list(3, leaf.path.size());
  for (const std::string& step : leaf.path) out.element(std::string_view(step));
  out.i32(4, kZstd);
  out.i64(5, chunk.entries);
  out.i64(6, chunk.raw_bytes);
  out.i64(7, chunk.bytes);
  out.i64(9, chunk.data_offset);
  if (chunk.dictionary_offset) out.i64(11, *chunk.dictionary_offset);
  write_statistics(out, 12, chunk.statistics);
  out.end_struct();
  out.end_struct();
}

void write_group(ThriftWriter& out,
                 const std::vector<Leaf>& leaves,
                 const RowGroup& group,
                 std::size_t index) {
  std::int64_t raw_bytes = 0;
  std::int64_t bytes = 0;
  for (const Chunk& chunk : group.chunks) {
    raw_bytes += chunk.raw_bytes;
    bytes += chunk.bytes;
  }
  const Chunk& first = group.chunks.front();
  out.begin_element();
  out.begin_struct_list(1, group.chunks.size());
  for (std::size_t i = 0; i < leaves.size(); ++i) write_column(out, leaves[i], group.chunks[i]);
  out.i64(2, raw_bytes);
  out.i64(3, group.rows);
  out.i64(5, first.dictionary_offset.value_or(first.data_offset));
  out.i64(6, bytes);
  // The format counts groups in 16 bits, and lets the count be left out.
  if (index <= INT16_MAX) out.i16(7, static_cast<std::int16_t>(index));
  out.end_struct();
}

void write_metadata(ThriftWriter& out, int id, const Metadata& metadata) {
  out.begin_struct_list(id, metadata.size());
  for (const auto& [key, value] : metadata) {
    out.begin_element();
    out.binary(1, key);
    out.binary(2, value);
    out.end_struct();
  }
}

/// Statistics are by the order that each type defines: numbers by value, texts by bytes.
void write_orders(ThriftWriter& out, int id, std::size_t count) {
  out.begin_struct_list(id, count);
  for (std::size_t i = 0; i < count; ++i) {
    out.begin_element();
    out.empty_struct(1);
    out.end_struct();
  }
}

}  // namespace

std::string footer_bytes(const Footer& footer) {
  const std::vector<Leaf> leaves = leaves_of(footer.fields);
  std::int64_t rows = 0;
  for (const RowGroup& group : footer.groups) rows += group.rows;
  ThriftWriter out;
  out.i32(1, kFormatVersion);
  write_schema(out, 2, footer.fields);
  out.i64(3, rows);
  out.begin_struct_list(4, footer.groups.size());
  for (std::size_t i = 0; i < footer.groups.size(); ++i) {
    write_group(out, leaves, footer.groups[i], i);
  }
  write_metadata(out, 5, footer.metadata);
  out.binary(6, footer.created_by);
  write_orders(out, 7, leaves.size());
  return std::move(out).finish();
}

}  // namespace qanat::exporting::parquet
