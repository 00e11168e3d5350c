#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// The archive's zstd frames.
namespace qanat::store {

/// `bytes` as one frame.
[[nodiscard]] std::string compressed(std::string_view bytes);

/// The bytes of a frame that holds `size` of them; nothing when it is damaged.
[[nodiscard]] std::optional<std::string> decompressed(std::string_view frame, std::size_t size);

}  // namespace qanat::store
