#pragma once

#include <vector>

#include "classifier/engine.h"
#include "classifier/rule.h"
#include "classifier/rule_set.h"

namespace qanat::classifier {

/// An example is judged as a post of its own, described as any post is, of a channel and in a
/// language to which its rule applies. Paragraphs (parts between blank lines) are its blocks.
/// Retired rules have none; the number of examples that were run is added to `count`.
[[nodiscard]] std::vector<ExampleFailure> failing_examples(const Pack& pack,
                                                           const Engine& engine,
                                                           std::size_t& count);

}  // namespace qanat::classifier
