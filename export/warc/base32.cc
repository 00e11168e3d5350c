#include "export/warc/base32.h"

#include <cstdint>

namespace qanat::exporting::warc {
namespace {

std::uint32_t nibble(char digit) {
  return static_cast<std::uint32_t>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

}  // namespace

std::string base32_of_hex(std::string_view hex) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  constexpr std::uint32_t kDigitMask = 31;
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char digit : hex) {
    bits = bits << 4U | nibble(digit);
    count += 4;
    if (count < 5) continue;
    count -= 5;
    out += kAlphabet[bits >> static_cast<unsigned>(count) & kDigitMask];
  }
  if (count > 0) out += kAlphabet[bits << static_cast<unsigned>(5 - count) & kDigitMask];
  while (out.size() % 8 != 0) out += '=';
  return out;
}

}  // namespace qanat::exporting::warc
