#pragma once

#include <string>

#include "base/post.h"

namespace qanat::record {

/// A post's text with its formatting as GitHub's Markdown: ** _ ~~ ` and fences, > for quotes,
/// [words](address), <address>. What Markdown lacks, or would not close beside a letter, is HTML
/// (<u>, <b>, <i>, <s>) or Telegram's own notation: ||spoiler||, ![😀](tg://emoji?id=5).
/// Characters that mean something to Markdown are escaped, line breaks are kept by "\". Spans that
/// overlap are split so that they nest; nothing goes on inside of code. No line break at the end.
[[nodiscard]] std::string markdown(const Post& post);

}  // namespace qanat::record
