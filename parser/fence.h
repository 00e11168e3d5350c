#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "parser/page.h"

namespace qanat::parser {

/// Stands before the HTML library: one linear pass that refuses what would cost it too much and
/// leaves out what no field is read from: scripts, styles, pictures in <svg>, comments, and the
/// elements by which HTML's parser changes its rules (<template>, <select>, <frameset>, …). What
/// is left holds tags and text only, so that the depth counted here is the tree's.
///
/// Errors: markup, naming the limit and the byte where it was passed; for input without a tag.
[[nodiscard]] Result<std::string> fenced(std::string_view html, const Limits& limits);

}  // namespace qanat::parser
