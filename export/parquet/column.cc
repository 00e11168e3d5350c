#include "export/parquet/column.h"

#include <bit>

#include "export/parquet/little_endian.h"

namespace qanat::exporting::parquet {

void Column::add_text(std::string_view value, std::uint8_t repeated) {
  add_value(repeated);
  bytes_ += value;
  ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));  // a row group is far smaller
}

void Column::add_integer(std::int64_t value, std::uint8_t repeated) {
  add_value(repeated);
  append_little_endian(bytes_, static_cast<std::uint64_t>(value));
}

void Column::add_number(double value, std::uint8_t repeated) {
  add_value(repeated);
  append_little_endian(bytes_, std::bit_cast<std::uint64_t>(value));
}

void Column::add_boolean(bool value, std::uint8_t repeated) {
  add_value(repeated);
  bytes_ += value ? '\1' : '\0';
}

void Column::add_nothing(std::uint8_t repeated, std::uint8_t defined) {
  repetition_.push_back(repeated);
  definition_.push_back(defined);
}

void Column::clear() {
  repetition_.clear();
  definition_.clear();
  bytes_.clear();
  ends_.clear();
  value_count_ = 0;
}

std::string_view Column::value(std::size_t index) const {
  const std::string_view all = bytes_;
  if (type() == PhysicalType::byte_array) {
    const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
    return all.substr(begin, ends_[index] - begin);
  }
  const std::size_t size = type() == PhysicalType::boolean ? 1 : sizeof(std::uint64_t);
  return all.substr(index * size, size);
}

std::size_t Column::bytes() const {
  return bytes_.size() + ends_.size() * sizeof(ends_.front()) + repetition_.size() +
         definition_.size();
}

void Column::add_value(std::uint8_t repeated) {
  add_nothing(repeated, leaf_.most_defined);
  ++value_count_;
}

}  // namespace qanat::exporting::parquet
