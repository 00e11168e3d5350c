#pragma once

#include "base/span.h"
#include "base/verdict.h"

namespace qanat {

/// Characters that a person marked as "not content".
struct LabelledSpan {
  Span span;  ///< bytes of Post::text, as everywhere inside the program
  RemovedKind kind = RemovedKind::ad;

  bool operator==(const LabelledSpan&) const = default;
};

}  // namespace qanat
