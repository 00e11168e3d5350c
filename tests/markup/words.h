#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/post.h"
#include "markup/manner.h"

/// Text as Telegram's pages write it.
namespace qanat::markup {

/// How many bytes of an emoji start at `at`; 0 when none does.
[[nodiscard]] std::size_t emoji_length(std::string_view text, std::size_t at);

/// The image that stands for an emoji, with the emoji in it.
[[nodiscard]] std::string emoji_image(std::string_view emoji);

/// The character as it stands in a page's text: "!" is "&#33;", a line's end is "<br/>".
[[nodiscard]] std::string character(std::string_view utf8);

/// "#a б" → "%23a%20%D0%B1".
[[nodiscard]] std::string percent_encoded(std::string_view text);

/// An <a> as Telegram writes them: one that asks before it opens has its address escaped twice.
[[nodiscard]] std::string anchor(std::string_view href, std::string_view inside, bool asks);

/// Words without formatting: names, titles, quotes.
[[nodiscard]] std::string plain_words(std::string_view text);

/// A text with what lies over it.
struct Words {
  std::string_view text;
  std::vector<Entity> entities;  ///< nested, in the order of Post::entities
  std::vector<Link> links;
};

/// The inside of a text element that shows the words.
[[nodiscard]] std::string formatted_words(const Words& words, const Manner& manner);

}  // namespace qanat::markup
