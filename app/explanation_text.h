#pragma once

#include <ostream>

#include "app/terminal.h"
#include "base/post.h"
#include "base/verdict.h"

namespace qanat::app {

/// Why, and why not: each block with the evidence for and against it, whose weights add up to its
/// score; what was held back, what only watches, and what would change the outcome.
void print_explanation(std::ostream& out,
                       const Terminal& terminal,
                       const Post& post,
                       const Verdict& verdict);

}  // namespace qanat::app
