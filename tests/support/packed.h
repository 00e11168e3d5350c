#pragma once

#include <string>
#include <string_view>

namespace qanat::test {

/// One gzip member.
[[nodiscard]] std::string gzip(std::string_view bytes);

/// Deflate without any wrapper.
[[nodiscard]] std::string bare_deflate(std::string_view bytes);

}  // namespace qanat::test
