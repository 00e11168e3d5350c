#include "export/parquet/runs.h"

#include <algorithm>
#include <bit>

namespace qanat::exporting::parquet {
namespace {

constexpr std::size_t kGroup = 8;  ///< values that are packed together

void append_length(std::string& out, std::size_t value) {
  for (; value >= 0x80U; value >>= 7U) out += static_cast<char>(value | 0x80U);
  out += static_cast<char>(value);
}

/// `value` `count` times.
void append_repeated(std::string& out, std::uint32_t value, std::size_t count, int width) {
  append_length(out, count << 1U);
  for (int bits = 0; bits < width; bits += static_cast<int>(kByteBits)) {
    out += static_cast<char>(value >> static_cast<unsigned>(bits));
  }
}

/// Packed from the lowest bit; what the last group lacks is 0.
template <class Value>
void append_packed(std::string& out, std::span<const Value> values, int width) {
  const std::size_t groups = (values.size() + kGroup - 1) / kGroup;
  append_length(out, groups << 1U | 1U);
  std::uint64_t bits = 0;
  std::size_t filled = 0;
  for (std::size_t i = 0; i < groups * kGroup; ++i) {
    const std::uint64_t value = i < values.size() ? values[i] : 0;
    bits |= value << filled;
    filled += static_cast<std::size_t>(width);
    for (; filled >= kByteBits; filled -= kByteBits, bits >>= kByteBits) {
      out += static_cast<char>(bits);
    }
  }
}

template <class Value>
std::size_t equal_ahead(std::span<const Value> values) {
  const auto other =
      std::ranges::find_if(values, [&](Value value) { return value != values.front(); });
  return static_cast<std::size_t>(other - values.begin());
}

template <class Value>
void append_hybrid(std::string& out, std::span<const Value> values, int width) {
  std::size_t packed = 0;  // values before the current place that wait to be packed: whole groups
  while (packed < values.size()) {
    const auto rest = values.subspan(packed);
    const std::size_t repeated = equal_ahead(rest);
    if (repeated >= kGroup || repeated == rest.size()) {
      if (packed > 0) append_packed(out, values.first(packed), width);
      append_repeated(out, rest.front(), repeated, width);
      values = rest.subspan(repeated);
      packed = 0;
    } else {
      packed = std::min(packed + kGroup, values.size());
    }
  }
  if (packed > 0) append_packed(out, values, width);
}

}  // namespace

int bit_width(std::uint32_t value) { return static_cast<int>(std::bit_width(value)); }

void append_runs(std::string& out, std::span<const std::uint32_t> values, int width) {
  append_hybrid(out, values, width);
}

void append_runs(std::string& out, std::span<const std::uint8_t> values, int width) {
  append_hybrid(out, values, width);
}

}  // namespace qanat::exporting::parquet
