#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace qanat::exporting::parquet {

/// Appends a number's bytes, the lowest first, whatever the machine's own order.
template <class Unsigned>
void append_little_endian(std::string& out, Unsigned value) {
  for (std::size_t i = 0; i < sizeof(Unsigned); ++i) {
    out += static_cast<char>(static_cast<unsigned char>(value >> (8U * i)));
  }
}

/// The number that append_little_endian() wrote; `bytes` are as many as it has.
template <class Unsigned>
[[nodiscard]] Unsigned from_little_endian(std::string_view bytes) {
  Unsigned value = 0;
  for (std::size_t i = 0; i < sizeof(Unsigned); ++i) {
    value |= static_cast<Unsigned>(static_cast<unsigned char>(bytes[i])) << (8U * i);
  }
  return value;
}

}  // namespace qanat::exporting::parquet
