#pragma once

#include "classifier/kept_lines.h"

namespace qanat::classifier {

/// Empties the drawn lines ("➖➖➖", "———", "• • •") that part nothing any more: at either end of
/// the text, where a removal or the tags that a record leaves out put them, and all but the first
/// of those that a removal brought together. What the author drew between two kept parts stays, and
/// so does what no removal touches.
void drop_idle_strokes(KeptText& kept);

}  // namespace qanat::classifier
