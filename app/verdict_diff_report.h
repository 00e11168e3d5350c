#pragma once

#include <ostream>

#include "app/terminal.h"
#include "classifier/verdict_diff.h"
#include "record/json.h"

namespace qanat::app {

/// The diff as JSON, a part of what `reclassify` and `rules diff` print (docs/schema/).
[[nodiscard]] record::Json verdict_diff_json(const classifier::VerdictDiff& diff);

/// The same for people: transitions, changes per rule, the posts that flip.
void print_verdict_diff(std::ostream& out,
                        const Terminal& terminal,
                        const classifier::VerdictDiff& diff);

}  // namespace qanat::app
