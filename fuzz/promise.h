#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "base/channel_page.h"

/// What libFuzzer calls, and replay.cc: each <target>_fuzz.cc defines it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace qanat::fuzz {

/// Ends the program, with the promise's words, when it is not kept: libFuzzer saves the input then.
inline void promise(bool kept, std::string_view words) {
  if (kept) return;
  std::fprintf(stderr, "promise broken: %.*s\n", static_cast<int>(words.size()), words.data());
  std::abort();
}

[[nodiscard]] inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// What base/post.h, base/channel_page.h and record/json.h promise of every page, whatever its
/// bytes were.
void check_page(const ChannelPage& page);

}  // namespace qanat::fuzz
