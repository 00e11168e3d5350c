#pragma once

#include <string>
#include <string_view>

namespace qanat::exporting::warc {

/// The bytes that `hex` spells, in RFC 4648's Base32 with its padding.
[[nodiscard]] std::string base32_of_hex(std::string_view hex);

}  // namespace qanat::exporting::warc
