#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/post.h"

namespace qanat::record {

/// What lies over a piece of a line, and the address that it leads to, if any.
struct Formatting {
  EntityKind kind = EntityKind::bold;
  Span span;            ///< in the post's text
  std::string address;  ///< of links, mentions, e-mails, phones, custom emoji
};

/// One line of text as Markdown. `line` holds no line break; `formatting` lies inside of it and is
/// ordered by begin, then by descending end. Kinds that stand on lines of their own are not for it.
[[nodiscard]] std::string markdown_line(const std::string& text,
                                        Span line,
                                        std::span<const Formatting> formatting);

/// A row of backticks that `code` does not hold, at least `least` long.
[[nodiscard]] std::string code_fence(std::string_view code, std::size_t least);

}  // namespace qanat::record
