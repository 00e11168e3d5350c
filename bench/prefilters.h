#pragma once

#include <vector>

#include "base/post.h"

namespace qanat::bench {

/// Times three ways to find out which patterns match a text and where, on blocks that none of them
/// has met, and prints a table: RE2::Set and then each pattern of its answer; keys and then
/// the patterns that have them, as the classifier does it; one pattern after another.
void compare_prefilters(const std::vector<Post>& posts);

}  // namespace qanat::bench
