#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/post.h"
#include "markup/manner.h"

namespace qanat::markup {

/// Whose posts a page shows.
struct Sender {
  std::string slug;  ///< as data-post spells it
  std::string title;
  std::int64_t id = 0;
};

/// A post beside what else its markup says.
struct Shown {
  const Post& post;
  /// Markup of its words. Several: one below each document, the last one below all media.
  std::vector<std::string> texts;
  std::vector<std::string> thumbs;  ///< of post.media, as far as they have one
  bool small_preview = false;       ///< the image at the right, instead of above the title
};

/// One post in its wrap, as it stands in a channel page's history. A video without an address is
/// one that the page calls too big.
[[nodiscard]] std::string message(const Sender& sender, const Shown& shown, const Manner& manner);

/// The same with the words of the post itself, and every choice left to `manner`.
[[nodiscard]] std::string message(const Sender& sender, const Post& post, const Manner& manner);

}  // namespace qanat::markup
