#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace qanat::exporting::parquet {

inline constexpr std::size_t kByteBits = 8;

/// How many bits `value` takes.
[[nodiscard]] int bit_width(std::uint32_t value);

/// Appends `values`, each below 2^width, as Parquet's hybrid of runs: a value and how often it is
/// repeated, or eight values at a time, `width` bits each. `width` is 1 to 32.
void append_runs(std::string& out, std::span<const std::uint32_t> values, int width);
void append_runs(std::string& out, std::span<const std::uint8_t> values, int width);

}  // namespace qanat::exporting::parquet
