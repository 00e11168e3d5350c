#pragma once

#include <string>

namespace qanat::test {

/// A Zstandard frame that decodes to `blocks` times 128 KiB of zeros, four bytes a block.
inline std::string zstd_zeros(int blocks) {
  std::string frame("\x28\xB5\x2F\xFD", 4);
  frame += std::string("\x00\x58", 2);  // no sizes, no checksum; window 2 MiB
  for (int block = 1; block <= blocks; ++block) {
    const unsigned header = (block == blocks ? 1U : 0U) | (1U << 1U) | (0x20000U << 3U);
    for (const unsigned shift : {0U, 8U, 16U}) {
      frame += static_cast<char>((header >> shift) & 0xFFU);
    }
    frame += '\0';
  }
  return frame;
}

}  // namespace qanat::test
