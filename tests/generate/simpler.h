#pragma once

#include <functional>

#include "base/post.h"

namespace qanat::generate {

/// The post without all that can go while it still `fails`: field by field, entity by entity, then
/// the words from the end.
[[nodiscard]] Post simplest(Post post, const std::function<bool(const Post&)>& fails);

}  // namespace qanat::generate
