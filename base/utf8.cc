#include "base/utf8.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include <simdjson.h>

namespace qanat::utf8 {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

unsigned char byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

/// What a lead byte promises: length, the bits it carries, the smallest value that needs them.
struct Lead {
  std::size_t length;
  char32_t bits;
  char32_t smallest;
};

Lead read_lead(unsigned char byte) {
  if ((byte & 0xE0U) == 0xC0U) return {.length = 2, .bits = byte & 0x1FU, .smallest = 0x80};
  if ((byte & 0xF0U) == 0xE0U) return {.length = 3, .bits = byte & 0x0FU, .smallest = 0x800};
  if ((byte & 0xF8U) == 0xF0U) return {.length = 4, .bits = byte & 0x07U, .smallest = 0x10000};
  return {.length = 0, .bits = 0, .smallest = 0};
}

constexpr bool is_scalar(char32_t value) {
  return value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
}

CodePoint decode_long(std::string_view text, std::size_t at) {
  constexpr CodePoint kInvalid{.value = kReplacement, .length = 1, .valid = false};
  const Lead lead = read_lead(byte_at(text, at));
  if (lead.length == 0 || at + lead.length > text.size()) return kInvalid;
  char32_t value = lead.bits;
  for (std::size_t i = 1; i < lead.length; ++i) {
    if (!is_tail(text[at + i])) return kInvalid;
    value = (value << 6U) | (byte_at(text, at + i) & 0x3FU);
  }
  if (value < lead.smallest || !is_scalar(value)) return kInvalid;
  return {.value = value, .length = lead.length};
}

/// One byte, or two as most of Cyrillic: known at a glance.
inline CodePoint decode_here(std::string_view text, std::size_t at) {
  const unsigned char first = byte_at(text, at);
  if (first < 0x80) return {.value = first, .length = 1};
  if (first >= 0xC2 && first < 0xE0 && at + 1 < text.size() && is_tail(text[at + 1])) {
    return {.value = ((first & 0x1FU) << 6U) | (byte_at(text, at + 1) & 0x3FU), .length = 2};
  }
  return decode_long(text, at);
}

/// Bytes that begin no character, counted eight at a time.
std::size_t count_tails(std::string_view text) {
  constexpr std::uint64_t kLowBits = 0x0101010101010101;
  std::size_t count = 0;
  for (; text.size() >= sizeof(std::uint64_t); text.remove_prefix(sizeof(std::uint64_t))) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data(), sizeof bytes);
    const std::uint64_t tails = bytes >> 7U & ~bytes >> 6U & kLowBits;
    count += tails * kLowBits >> 56U;  // their sum is in the highest byte
  }
  for (const char byte : text) count += is_tail(byte) ? 1 : 0;
  return count;
}

}  // namespace

CodePoint decode(std::string_view text, std::size_t at) { return decode_here(text, at); }

void append(std::string& out, char32_t value) {
  if (!is_scalar(value)) value = kReplacement;
  const auto tail = [&](unsigned shift) {
    out += static_cast<char>(0x80U | ((value >> shift) & 0x3FU));
  };
  if (value < 0x80) {
    out += static_cast<char>(value);
  } else if (value < 0x800) {
    out += static_cast<char>(0xC0U | (value >> 6U));
    tail(0);
  } else if (value < 0x10000) {
    out += static_cast<char>(0xE0U | (value >> 12U));
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0U | (value >> 18U));
    tail(12);
    tail(6);
    tail(0);
  }
}

bool is_valid(std::string_view text) { return simdjson::validate_utf8(text.data(), text.size()); }

std::size_t count_invalid(std::string_view text) {
  if (is_valid(text)) return 0;
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_here(text, at);
    if (!point.valid) ++count;
    at += point.length;
  }
  return count;
}

std::string repaired(std::string_view text) {
  if (is_valid(text)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode(text, at);
    append(out, point.value);
    at += point.length;
  }
  return out;
}

std::size_t length(std::string_view text) {
  if (is_valid(text)) return text.size() - count_tails(text);
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) at += decode_here(text, at).length;
  return count;
}

OffsetMap::OffsetMap(std::string_view text) : starts_(text.size() + 1) {
  std::size_t count = 0;
  if (is_valid(text)) {
    // Without a branch: the place of a tail byte is overwritten by the character that follows.
    for (std::size_t at = 0; at < text.size(); ++at) {
      starts_[count] = at;
      count += is_tail(text[at]) ? 0 : 1;
    }
  } else {
    for (std::size_t at = 0; at < text.size(); at += decode_here(text, at).length) {
      starts_[count++] = at;
    }
  }
  starts_[count] = text.size();
  starts_.resize(count + 1);
}

std::size_t OffsetMap::to_code_points(std::size_t byte) const {
  const auto found = std::ranges::lower_bound(starts_, std::min(byte, starts_.back()));
  return static_cast<std::size_t>(found - starts_.begin());
}

std::size_t OffsetMap::to_bytes(std::size_t code_point) const {
  return starts_[std::min(code_point, starts_.size() - 1)];
}

}  // namespace qanat::utf8
