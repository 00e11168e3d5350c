#pragma once

#include <span>

#include "app/session.h"

namespace qanat::app {

/// The whole program but for the process around it: reads the command line (`arguments[0]` is the
/// program), does the command, reports its failure on `session.err`. Gives the exit code.
int run(std::span<const char* const> arguments, Session& session);

}  // namespace qanat::app
