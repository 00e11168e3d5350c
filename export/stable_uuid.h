#pragma once

#include <string>
#include <string_view>

namespace qanat::exporting {

/// "urn:uuid:…", a UUID of our own making (RFC 9562, version 8) that depends on `name` alone.
[[nodiscard]] std::string stable_uuid(std::string_view name);

}  // namespace qanat::exporting
