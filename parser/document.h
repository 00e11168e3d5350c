#pragma once

#include "base/channel_page.h"
#include "base/error.h"
#include "parser/html_tree.h"
#include "parser/page.h"

namespace qanat::parser {

/// Reads a page from its tree. `complete` says whether the page's end was seen.
///
/// Errors: markup, for more posts than the limit.
[[nodiscard]] Result<ChannelPage> read_document(Node document, bool complete, const Limits& limits);

}  // namespace qanat::parser
