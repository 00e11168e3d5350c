#pragma once

#include <ostream>

#include "app/terminal.h"
#include "base/post.h"
#include "base/record.h"
#include "base/verdict.h"

namespace qanat::app {

struct Explained {
  Post post;
  Verdict verdict;
  Normalized offered;
};

/// Why, and why not: each block with the evidence for and against it, whose weights add up to its
/// score; what was held back, what only watches, and what would change the outcome. Then what the
/// post offers: its title, question and answer.
void print_explanation(std::ostream& out, const Terminal& terminal, const Explained& explained);

}  // namespace qanat::app
