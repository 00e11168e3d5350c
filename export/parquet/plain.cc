#include "export/parquet/plain.h"

#include <cstdint>

#include "export/parquet/little_endian.h"

namespace qanat::exporting::parquet {

std::size_t plain_size(PhysicalType type, std::string_view value) {
  return value.size() + (type == PhysicalType::byte_array ? sizeof(std::uint32_t) : 0);
}

void append_plain(std::string& out, PhysicalType type, std::string_view value) {
  if (type == PhysicalType::byte_array) {
    append_little_endian(out, static_cast<std::uint32_t>(value.size()));
  }
  out += value;
}

}  // namespace qanat::exporting::parquet
