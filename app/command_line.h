#pragma once

#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "app/session.h"

namespace qanat::app {

/// Every command with its arguments, bound to `session`, which outlives it.
[[nodiscard]] std::unique_ptr<CLI::App> make_command_line(Session& session);

/// Whether help was asked for something that is no command.
[[nodiscard]] bool is_unknown_command(const CLI::App& app);

/// What is wrong with the arguments, and the remedy.
[[nodiscard]] std::string usage_message(const CLI::App& app, const CLI::ParseError& error);

}  // namespace qanat::app
