#pragma once

#include <string_view>

namespace qanat::app {

/// Of the program; the build sets it from the project's version.
inline constexpr std::string_view kVersion = QANAT_VERSION;

}  // namespace qanat::app
