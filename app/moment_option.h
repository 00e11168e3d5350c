#pragma once

#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "base/error.h"
#include "base/instant.h"

namespace qanat::app {

/// An option that takes a moment or a date. Given empty, as by a shell variable without a value, it
/// is an error and not the same as not given. `text` outlives the command.
CLI::Option* add_moment_option(CLI::App& command,
                               const std::string& name,
                               std::string& text,
                               const std::string& description);

/// A moment or a date as typed behind `option`; nothing when `text` is empty.
/// Errors: usage, naming the option and what it may be.
Result<std::optional<Instant>> read_moment(const std::string& option, const std::string& text);

}  // namespace qanat::app
