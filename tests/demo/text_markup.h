#pragma once

#include <string>
#include <string_view>

namespace qanat::demo {

/// The text of a demo post, written as a person types it, becomes the page's markup: line breaks,
/// emoji, #hashtags, @mentions and bare addresses turn into what Telegram makes of them, and
/// punctuation into its numeric entities. Formatting is inline HTML: <b> <i> <u> <s> <code> <pre>
/// <blockquote> <tg-spoiler> <tg-emoji emoji-id="…">, <a href="…">; a literal < is &lt;.
[[nodiscard]] std::string page_markup(std::string_view text);

/// The same text as a reader sees it.
[[nodiscard]] std::string plain_text(std::string_view text);

}  // namespace qanat::demo
