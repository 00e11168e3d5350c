#pragma once

#include <cstddef>
#include <string>

#include "classifier/engine.h"
#include "classifier/rule.h"

namespace qanat::classifier {

/// An example that does not hold, as its post.
struct FailedExample {
  const Pack& pack;
  const Engine& engine;  ///< of the pack
  const PostView& view;
  std::size_t rule = 0;  ///< by head
};

/// What of the rule matches: "any[1] matches 'скидка'".
[[nodiscard]] std::string why_it_matches(const FailedExample& example);

/// What of the rule keeps it from matching: "vetoed by none[0]: курс"; "no `any` matches; any[0]
/// would with words = \"start\"". For people: found by trying the rule's parts one by one.
[[nodiscard]] std::string why_it_does_not_match(const FailedExample& example);

}  // namespace qanat::classifier
