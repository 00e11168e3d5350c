#include "export/parquet/statistics.h"

#include <bit>

#include "base/utf8.h"
#include "export/parquet/little_endian.h"

namespace qanat::exporting::parquet {
namespace {

constexpr std::size_t kLongestBound = 64;  ///< bytes of a text
constexpr char32_t kLastCodePoint = 0x10FFFF;
constexpr char32_t kFirstSurrogate = 0xD800;
constexpr char32_t kBehindSurrogates = 0xE000;

bool less(PhysicalType type, std::string_view a, std::string_view b) {
  if (type == PhysicalType::byte_array || type == PhysicalType::boolean) return a < b;
  const auto bits_a = from_little_endian<std::uint64_t>(a);
  const auto bits_b = from_little_endian<std::uint64_t>(b);
  if (type == PhysicalType::int64) {
    return static_cast<std::int64_t>(bits_a) < static_cast<std::int64_t>(bits_b);
  }
  return std::bit_cast<double>(bits_a) < std::bit_cast<double>(bits_b);
}

/// The longest beginning of `text` that is short enough and ends between two code points.
std::string_view beginning(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size()) {
    const std::size_t next = end + utf8::decode(text, end).length;
    if (next > kLongestBound) break;
    end = next;
  }
  return text.substr(0, end);
}

Bound lower_bound(std::string_view text) {
  const std::string_view cut = beginning(text);
  return {.value = std::string(cut), .exact = cut.size() == text.size()};
}

char32_t next_code_point(char32_t value) {
  return value + 1 == kFirstSurrogate ? kBehindSurrogates : value + 1;
}

/// A short text that is not before `text`: its beginning with the last code point raised. UTF-8
/// sorts as its code points do.
std::optional<Bound> upper_bound(std::string_view text) {
  std::string_view cut = beginning(text);
  if (cut.size() == text.size()) return Bound{.value = std::string(text)};
  while (!cut.empty()) {
    const std::size_t last = utf8::start_of_last(cut);
    const char32_t value = utf8::decode(cut, last).value;
    cut = cut.substr(0, last);
    if (value == kLastCodePoint) continue;
    Bound out{.value = std::string(cut), .exact = false};
    utf8::append(out.value, next_code_point(value));
    return out;
  }
  return std::nullopt;
}

/// A zero of either sign is bounded by both: readers may tell them apart.
std::string signed_zero(std::string_view number, double zero) {
  const bool is_zero = std::bit_cast<double>(from_little_endian<std::uint64_t>(number)) == 0.0;
  if (!is_zero) return std::string(number);
  std::string out;
  append_little_endian(out, std::bit_cast<std::uint64_t>(zero));
  return out;
}

}  // namespace

Statistics statistics_of(const Column& column) {
  const PhysicalType type = column.type();
  const std::size_t count = column.value_count();
  Statistics out{.nulls = static_cast<std::int64_t>(column.definition().size() - count)};
  if (count == 0) return out;
  std::string_view min = column.value(0);
  std::string_view max = min;
  for (std::size_t i = 1; i < count; ++i) {
    const std::string_view value = column.value(i);
    if (less(type, value, min)) min = value;
    if (less(type, max, value)) max = value;
  }
  if (type == PhysicalType::byte_array) {
    out.min = lower_bound(min);
    out.max = upper_bound(max);
  } else if (type == PhysicalType::binary64) {
    out.min = Bound{.value = signed_zero(min, -0.0)};
    out.max = Bound{.value = signed_zero(max, 0.0)};
  } else {
    out.min = Bound{.value = std::string(min)};
    out.max = Bound{.value = std::string(max)};
  }
  return out;
}

}  // namespace qanat::exporting::parquet
