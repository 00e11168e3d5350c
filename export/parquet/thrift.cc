#include "export/parquet/thrift.h"

#include <utility>

namespace qanat::exporting::parquet {
namespace {

constexpr int kTrue = 1;
constexpr int kFalse = 2;
constexpr int kI16 = 4;
constexpr int kI32 = 5;
constexpr int kI64 = 6;
constexpr int kBinary = 8;
constexpr int kList = 9;
constexpr int kStruct = 12;

constexpr int kMostShort = 15;  ///< what half a byte holds

char byte(std::uint64_t value) { return static_cast<char>(static_cast<unsigned char>(value)); }

}  // namespace

void ThriftWriter::i16(int id, std::int16_t value) {
  header(id, kI16);
  signed_varint(value);
}

void ThriftWriter::i32(int id, std::int32_t value) {
  header(id, kI32);
  signed_varint(value);
}

void ThriftWriter::i64(int id, std::int64_t value) {
  header(id, kI64);
  signed_varint(value);
}

void ThriftWriter::boolean(int id, bool value) { header(id, value ? kTrue : kFalse); }

void ThriftWriter::binary(int id, std::string_view value) {
  header(id, kBinary);
  bytes(value);
}

void ThriftWriter::begin_struct(int id) {
  header(id, kStruct);
  begin_element();
}

void ThriftWriter::end_struct() {
  out_ += '\0';
  last_ids_.pop_back();
}

void ThriftWriter::empty_struct(int id) {
  begin_struct(id);
  end_struct();
}

void ThriftWriter::begin_i32_list(int id, std::size_t size) { list_header(id, kI32, size); }

void ThriftWriter::element(std::int32_t value) { signed_varint(value); }

void ThriftWriter::begin_binary_list(int id, std::size_t size) { list_header(id, kBinary, size); }

void ThriftWriter::element(std::string_view value) { bytes(value); }

void ThriftWriter::begin_struct_list(int id, std::size_t size) { list_header(id, kStruct, size); }

void ThriftWriter::begin_element() { last_ids_.push_back(0); }

std::string ThriftWriter::finish() && {
  end_struct();
  return std::move(out_);
}

void ThriftWriter::header(int id, int type) {
  const int step = id - std::exchange(last_ids_.back(), id);
  if (step > 0 && step <= kMostShort) {
    out_ += byte(static_cast<unsigned>(step) << 4U | static_cast<unsigned>(type));
    return;
  }
  out_ += byte(static_cast<unsigned>(type));
  signed_varint(id);
}

void ThriftWriter::list_header(int id, int type, std::size_t size) {
  header(id, kList);
  const bool is_short = size < kMostShort;
  out_ += byte((is_short ? size : kMostShort) << 4U | static_cast<unsigned>(type));
  if (!is_short) varint(size);
}

void ThriftWriter::varint(std::uint64_t value) {
  for (; value >= 0x80U; value >>= 7U) out_ += byte(value | 0x80U);
  out_ += byte(value);
}

void ThriftWriter::signed_varint(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  varint(value < 0 ? ~(bits << 1U) : bits << 1U);  // zigzag: small numbers of either sign are short
}

void ThriftWriter::bytes(std::string_view value) {
  varint(value.size());
  out_ += value;
}

}  // namespace qanat::exporting::parquet
