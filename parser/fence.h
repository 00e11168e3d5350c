#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "parser/page.h"

namespace qanat::parser {

/// Stands before the HTML library: one linear pass that refuses what would cost it too much and
/// leaves out what no field is read from, a third of Telegram's own pages: scripts, styles,
/// pictures in <svg>, comments, attributes other than ours (parser/attribute.h), and the elements
/// by which HTML's parser changes its rules (<template>, <select>, <frameset>, …). What is left
/// holds tags and text only, so that the depth counted here is the tree's; it replaces `kept`.
///
/// Errors: markup, naming the limit and the byte where it was passed; for input without a tag.
[[nodiscard]] Result<void> fence(std::string_view html, const Limits& limits, std::string& kept);

}  // namespace qanat::parser
