#pragma once

#include <cstdint>

#include <CLI/CLI.hpp>

namespace qanat::app {

/// For an option that takes a whole number: from `least` on, and none that the program cannot hold.
[[nodiscard]] CLI::Validator whole_number(std::int64_t least);

}  // namespace qanat::app
