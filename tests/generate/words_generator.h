#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/post.h"
#include "support/random.h"

namespace qanat::generate {

/// A text with what lies over it, in the form that Post promises.
struct FormattedText {
  std::string text;
  std::vector<Entity> entities;
  std::vector<Link> links;
  std::vector<std::string> hashtags;
  std::vector<std::string> mentions;
};

/// A text of about so many words, links, emoji and line ends, which is never empty.
[[nodiscard]] FormattedText random_text(test::Random& random, std::size_t pieces);

/// A name or a title: one line, never empty, no blank at its ends.
[[nodiscard]] std::string random_line(test::Random& random, std::size_t words);

/// A few lines without formatting, empty ones among them.
[[nodiscard]] std::string random_lines(test::Random& random, std::size_t words);

/// An absolute address.
[[nodiscard]] std::string random_url(test::Random& random);

/// A name that Telegram gives to a channel or a bot, without "@".
[[nodiscard]] std::string random_username(test::Random& random);

[[nodiscard]] std::string random_emoji(test::Random& random);

/// The number of a custom emoji.
[[nodiscard]] std::string random_emoji_id(test::Random& random);

}  // namespace qanat::generate
