#include "export/parquet/file_writer.h"

#include <string_view>
#include <utility>

#include "export/parquet/little_endian.h"
#include "export/parquet/shredder.h"

namespace qanat::exporting::parquet {
namespace {

constexpr std::string_view kMark = "PAR1";  ///< a file's first and last bytes

}  // namespace

FileWriter::FileWriter(OutputFile file, std::vector<Field> fields, const Limits& limits)
    : file_(std::move(file)), limits_(limits), footer_{.fields = std::move(fields)} {
  for (Leaf& leaf : leaves_of(footer_.fields)) columns_.emplace_back(std::move(leaf));
}

Result<FileWriter> FileWriter::create(const std::string& path,
                                      std::vector<Field> fields,
                                      const Limits& limits) {
  auto file = OutputFile::open(path);
  if (!file) return fail(file.error());
  if (auto written = file->write(kMark); !written) return fail(written.error());
  return FileWriter(*std::move(file), std::move(fields), limits);
}

Result<void> FileWriter::write(const std::function<void(record::JsonWriter&)>& row) {
  Shredder columns(footer_.fields, columns_);
  row(columns);
  ++group_rows_;
  std::size_t bytes = 0;
  for (const Column& column : columns_) bytes += column.bytes();
  return bytes < limits_.group_bytes ? Result<void>{} : end_group();
}

Result<void> FileWriter::end_group() {
  RowGroup group{.rows = std::exchange(group_rows_, 0)};
  for (Column& column : columns_) {
    auto chunk = write_chunk(file_, column, limits_.page_bytes);
    if (!chunk) return fail(chunk.error());
    raw_bytes_ += chunk->raw_bytes;
    group.chunks.push_back(*std::move(chunk));
    column.clear();
  }
  rows_ += group.rows;
  footer_.groups.push_back(std::move(group));
  return {};
}

Result<WrittenFile> FileWriter::finish(Metadata metadata, std::string created_by) {
  if (group_rows_ > 0) {
    if (auto ended = end_group(); !ended) return fail(ended.error());
  }
  footer_.metadata = std::move(metadata);
  footer_.created_by = std::move(created_by);
  std::string bytes = footer_bytes(footer_);
  append_little_endian(bytes, static_cast<std::uint32_t>(bytes.size()));
  bytes += kMark;
  if (auto written = file_.write(bytes); !written) return fail(written.error());
  if (auto finished = file_.finish(); !finished) return fail(finished.error());
  return WrittenFile{
      .rows = rows_, .bytes = file_.size(), .raw_bytes = raw_bytes_, .sha256 = file_.sha256()};
}

}  // namespace qanat::exporting::parquet
