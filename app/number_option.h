#pragma once

#include <cstdint>

#include <CLI/CLI.hpp>

namespace qanat::app {

/// For the transform() of an option that takes a whole number: from `least` on, and none that the
/// program cannot hold. Zeros in front mean nothing, where CLI11 alone would read octal digits.
[[nodiscard]] CLI::Validator whole_number(std::int64_t least);

}  // namespace qanat::app
