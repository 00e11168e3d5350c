#pragma once

#include <cstdint>
#include <limits>

#include <CLI/CLI.hpp>

namespace qanat::app {

/// For the transform() of an option that takes a whole number: from `least` to `most`, of which the
/// usual one is all that the program can hold. Zeros in front mean nothing, where CLI11 alone would
/// read octal digits.
[[nodiscard]] CLI::Validator whole_number(
    std::int64_t least, std::int64_t most = std::numeric_limits<std::int64_t>::max());

}  // namespace qanat::app
