#include "export/parquet/chunk.h"

#include <span>
#include <string>
#include <utility>

#include "export/parquet/dictionary.h"
#include "export/parquet/little_endian.h"
#include "export/parquet/numbers.h"
#include "export/parquet/plain.h"
#include "export/parquet/runs.h"
#include "export/parquet/thrift.h"
#include "store/frame.h"

namespace qanat::exporting::parquet {
namespace {

/// Entries of a column, whole rows, and the values among them.
struct Page {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t first_value = 0;
  std::size_t last_value = 0;  ///< behind the last
};

std::int32_t page_size(const std::string& bytes) {
  return static_cast<std::int32_t>(bytes.size());  // bounded by a row of the store: 1 GB at most
}

class ChunkWriter {
 public:
  ChunkWriter(OutputFile& file, const Column& column, std::size_t page_bytes)
      : file_(&file),
        column_(&column),
        page_bits_(page_bytes * kByteBits),
        dictionary_(dictionary_of(column)) {}

  Result<Chunk> write() {
    chunk_.entries = static_cast<std::int64_t>(column_->definition().size());
    chunk_.statistics = statistics_of(*column_);
    if (dictionary_) {
      chunk_.dictionary_offset = file_->size();
      if (auto written = write_dictionary(); !written) return fail(written.error());
    }
    chunk_.data_offset = file_->size();
    for (Page page = next({}); page.end > page.begin; page = next(page)) {
      if (auto written = write_data(page); !written) return fail(written.error());
    }
    return chunk_;
  }

 private:
  Result<void> write_dictionary() {
    std::string body;
    for (const std::string_view entry : dictionary_->entries) {
      append_plain(body, column_->type(), entry);
    }
    return write_page(kDictionaryPage, body, [&](ThriftWriter& header) {
      header.begin_struct(7);
      header.i32(1, static_cast<std::int32_t>(dictionary_->entries.size()));
      header.i32(2, kPlain);
      header.end_struct();
    });
  }

  Result<void> write_data(const Page& page) {
    const Leaf& leaf = column_->leaf();
    std::string body;
    append_levels(body, column_->repetition(), leaf.most_repeated, page);
    append_levels(body, column_->definition(), leaf.most_defined, page);
    append_values(body, page);
    return write_page(kDataPage, body, [&](ThriftWriter& header) {
      header.begin_struct(5);
      header.i32(1, static_cast<std::int32_t>(page.end - page.begin));
      header.i32(2, dictionary_ ? kCodes : kPlain);
      header.i32(3, kRuns);
      header.i32(4, kRuns);
      header.end_struct();
    });
  }

  /// The rows behind `page`, until there are enough bytes of them.
  [[nodiscard]] Page next(const Page& page) const {
    Page out{.begin = page.end,
             .end = page.end,
             .first_value = page.last_value,
             .last_value = page.last_value};
    const Leaf& leaf = column_->leaf();
    const auto& definition = column_->definition();
    for (std::size_t bits = 0; out.end < definition.size(); ++out.end) {
      if (bits >= page_bits_ && column_->repetition()[out.end] == 0) break;
      bits +=
          static_cast<std::size_t>(bit_width(leaf.most_repeated) + bit_width(leaf.most_defined));
      if (definition[out.end] < leaf.most_defined) continue;
      bits += value_bits(out.last_value++);
    }
    return out;
  }

  [[nodiscard]] std::size_t value_bits(std::size_t index) const {
    if (dictionary_) return static_cast<std::size_t>(dictionary_->width);
    if (column_->type() == PhysicalType::boolean) return 1;
    return plain_size(column_->type(), column_->value(index)) * kByteBits;
  }

  static void append_levels(std::string& body,
                            const std::vector<std::uint8_t>& levels,
                            std::uint8_t most,
                            const Page& page) {
    if (most == 0) return;
    std::string runs;
    append_runs(
        runs, std::span(levels).subspan(page.begin, page.end - page.begin), bit_width(most));
    append_little_endian(body, static_cast<std::uint32_t>(runs.size()));
    body += runs;
  }

  void append_values(std::string& body, const Page& page) const {
    if (dictionary_) {
      body += static_cast<char>(dictionary_->width);
      const std::span codes = dictionary_->codes;
      append_runs(body,
                  codes.subspan(page.first_value, page.last_value - page.first_value),
                  dictionary_->width);
    } else if (column_->type() == PhysicalType::boolean) {
      append_booleans(body, page);
    } else {
      for (std::size_t i = page.first_value; i < page.last_value; ++i) {
        append_plain(body, column_->type(), column_->value(i));
      }
    }
  }

  /// Eight to a byte, from the lowest bit.
  void append_booleans(std::string& body, const Page& page) const {
    for (std::size_t i = page.first_value; i < page.last_value; i += kByteBits) {
      unsigned byte = 0;
      for (std::size_t bit = 0; bit < kByteBits && i + bit < page.last_value; ++bit) {
        if (column_->value(i + bit).front() != '\0') byte |= 1U << bit;
      }
      body += static_cast<char>(byte);
    }
  }

  template <class WriteKind>
  Result<void> write_page(std::int32_t kind, const std::string& body, WriteKind write_kind) {
    const std::string frame = store::compressed(body);
    ThriftWriter header;
    header.i32(1, kind);
    header.i32(2, page_size(body));
    header.i32(3, page_size(frame));
    write_kind(header);
    const std::string head = std::move(header).finish();
    chunk_.bytes += static_cast<std::int64_t>(head.size() + frame.size());
    chunk_.raw_bytes += static_cast<std::int64_t>(head.size() + body.size());
    if (auto written = file_->write(head); !written) return written;
    return file_->write(frame);
  }

  OutputFile* file_;
  const Column* column_;
  std::size_t page_bits_;
  std::optional<Dictionary> dictionary_;
  Chunk chunk_;
};

}  // namespace

Result<Chunk> write_chunk(OutputFile& file, const Column& column, std::size_t page_bytes) {
  return ChunkWriter(file, column, page_bytes).write();
}

}  // namespace qanat::exporting::parquet
