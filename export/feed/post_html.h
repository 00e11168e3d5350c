#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/post.h"
#include "base/verdict.h"

namespace qanat::exporting {

/// What a post offers as HTML: its text without the removed parts, formatted, links where they
/// were, line breaks as <br>, a poll as a list. Nothing but a short list of elements, without
/// attributes other than an href to http, https or mailto; every character of the post is escaped.
[[nodiscard]] std::string post_html(const Post& post, const std::vector<Removed>& removed);

}  // namespace qanat::exporting
